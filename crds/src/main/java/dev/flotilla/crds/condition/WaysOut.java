package dev.flotilla.crds.condition;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;

/// The ways out of each reason, from the least risk to the most.
///
/// Each says its cost; the first changes nothing, where there is such a one.
final class WaysOut {

  private static final String EDIT = "kubectl edit databasecluster {cluster} -n {namespace}";
  private static final String ZONES =
      "kubectl get nodes --label-columns=topology.kubernetes.io/zone";
  private static final String RIGHTS =
      "kubectl auth can-i --list -n {namespace}"
          + " --as=system:serviceaccount:flotilla-system:operator";
  private static final String READS = "reads only";
  private static final String LOOK = "look";
  private static final String READ_LOG = "read-the-log";

  private static final WayOut WAIT =
      new WayOut("wait", "nothing changes", "{flotilla} status {namespace}/{cluster}");
  private static final WayOut READ_OPERATOR_LOG =
      new WayOut(READ_LOG, READS, "kubectl logs deployment/operator -n flotilla-system --tail=100");
  private static final WayOut RESTART_OPERATOR =
      new WayOut(
          "restart-the-operator",
          "databases go on; nothing is healed for some seconds",
          "kubectl rollout restart deployment/operator -n flotilla-system");
  private static final WayOut LOOK_AT_POD =
      new WayOut(LOOK, READS, "kubectl describe pod {member} -n {namespace}");
  private static final WayOut UNCORDON =
      new WayOut(
          "uncordon", "pods may start on that node again; nothing moves", "kubectl uncordon NODE");
  private static final String TAKE_BACK = "take-back";
  private static final String CANCEL_OPERATIONS = "{flotilla} cancel --all {namespace}/{cluster}";
  private static final WayOut REPLACE_FIRST =
      new WayOut(
          "replace-first",
          "as many copies as now throughout; a pod and a volume more until the member's data has"
              + " moved, then its volume alone",
          "{flotilla} drain {namespace}/{cluster} {member} --way replace-first");
  private static final WayOut CHECK_SERVER =
      new WayOut("check-the-server", READS, "kubectl get --raw /readyz?verbose");

  private static final WayOut GIVE_UP =
      new WayOut(
          "give-the-member-up",
          "loses what only this member has; its volume claim is kept, and another member is made",
          "kubectl create -f - <<< '{\"apiVersion\":\"flotilla.dev/v1alpha1\","
              + "\"kind\":\"DatabaseOperation\",\"metadata\":{\"generateName\":\"skip-drain-\","
              + "\"namespace\":\"{namespace}\"},\"spec\":{\"clusterName\":\"{cluster}\","
              + "\"type\":\"Drain\",\"members\":[\"{member}\"],\"timeoutSeconds\":3600,"
              + "\"onTimeout\":\"Cancel\",\"why\":\"WHY\","
              + "\"override\":{\"kind\":\"SkipDrain\",\"uid\":\"{body}\"}}}'");

  private static final WayOut LOOK_AT_CLAIMS =
      new WayOut(
          LOOK, READS, "kubectl describe pvc -n {namespace} -l flotilla.dev/cluster={cluster}");

  private static final List<Map.Entry<Reason, List<WayOut>>> ALL =
      List.of(
          entry(Reason.AS_WANTED, List.of()),
          entry(Reason.NOT_OBSERVED, List.of(WAIT, READ_OPERATOR_LOG)),
          entry(
              Reason.CREATING,
              List.of(
                  WAIT,
                  new WayOut(
                      LOOK,
                      READS,
                      "kubectl get pods,pvc -n {namespace} -l flotilla.dev/cluster={cluster}"))),
          entry(
              Reason.JOINING,
              List.of(
                  WAIT,
                  new WayOut(READ_LOG, READS, "kubectl logs {member} -n {namespace} --tail=50"))),
          entry(Reason.HEALING, List.of(WAIT, LOOK_AT_POD)),
          entry(
              Reason.COPIES_MISSING,
              List.of(
                  WAIT,
                  new WayOut(
                      "add-members", "a pod and a volume for each; data moves to it", EDIT))),
          entry(
              Reason.DELETING,
              List.of(
                  WAIT,
                  new WayOut(
                      TAKE_BACK,
                      "members come back on their volumes",
                      "kubectl apply -f MANIFEST"))),
          entry(Reason.STORE_REBUILDING, List.of(WAIT, new WayOut("check-rights", READS, RIGHTS))),
          entry(Reason.STORE_UNREACHABLE, List.of(WAIT, READ_OPERATOR_LOG)),
          entry(
              Reason.STORE_HALTED,
              List.of(
                  new WayOut(LOOK, READS, "{flotilla} store compare"),
                  new WayOut(
                      "resume",
                      "what counts from then on is recorded; no pod and no volume is removed by it",
                      "{flotilla} store resume --trust kubernetes"))),
          entry(Reason.STALE_VIEW, List.of(WAIT, CHECK_SERVER, RESTART_OPERATOR)),
          entry(Reason.NOT_ACTING, List.of(WAIT, RESTART_OPERATOR)),
          entry(Reason.WRITE_UNCONFIRMED, List.of(WAIT, CHECK_SERVER)),
          entry(
              Reason.WRITE_REFUSED,
              List.of(
                  new WayOut(
                      "check-the-quota", READS, "kubectl describe resourcequota -n {namespace}"),
                  new WayOut("check-rights", READS, RIGHTS))),
          entry(
              Reason.ZONES_INSUFFICIENT,
              List.of(
                  new WayOut(LOOK, READS, ZONES),
                  UNCORDON,
                  new WayOut("correct-zones", "only a zone that has no member yet can go", EDIT))),
          entry(
              Reason.CAPACITY_BLOCKED,
              List.of(
                  new WayOut(LOOK, READS, ZONES),
                  UNCORDON,
                  new WayOut(
                      "ask-for-less",
                      "new members get less; those that run keep what they have",
                      EDIT))),
          entry(Reason.VOLUME_GROWING, List.of(WAIT, LOOK_AT_CLAIMS)),
          entry(
              Reason.STORAGE_BLOCKED,
              List.of(
                  LOOK_AT_CLAIMS,
                  new WayOut("see-the-classes", READS, "kubectl get storageclass -o wide"))),
          entry(
              Reason.STORAGE_CLASS_MISSING,
              List.of(
                  new WayOut(LOOK, READS, "kubectl get storageclass"),
                  new WayOut(
                      "make-the-class",
                      "a class more; what exists keeps its own",
                      "kubectl apply -f STORAGECLASS"))),
          entry(
              Reason.IMAGE_UNAVAILABLE,
              List.of(
                  LOOK_AT_POD,
                  new WayOut(
                      "correct-the-image", "members are made anew, one after the other", EDIT))),
          entry(
              Reason.NODE_UNKNOWN,
              List.of(
                  new WayOut(
                      "bring-the-node-back",
                      "nothing moves; the member serves again",
                      "kubectl describe node {node}"),
                  new WayOut(
                      "declare-it-off",
                      "its pods restart elsewhere; destroys data if the node still runs",
                      "kubectl taint nodes {node} node.kubernetes.io/out-of-service=nodeshutdown:NoExecute"))),
          entry(Reason.NODE_OUT_OF_SERVICE, List.of(WAIT, LOOK_AT_POD)),
          entry(
              Reason.VOLUME_TERMINATING,
              List.of(
                  new WayOut(LOOK, READS, "kubectl get pvc {volume} -n {namespace} -o yaml"),
                  new WayOut(
                      "keep-the-data",
                      "the volume stays when its claim goes; remove it by hand later",
                      "kubectl patch pv PERSISTENTVOLUME --type=merge"
                          + " -p '{\"spec\":{\"persistentVolumeReclaimPolicy\":\"Retain\"}}'"))),
          entry(
              Reason.VOLUME_SUSPECT,
              List.of(
                  new WayOut(LOOK, READS, "kubectl get pvc {volume} -n {namespace} -o yaml"),
                  new WayOut(
                      "give-it-up",
                      "the claim is not the cluster's any more; its data stays",
                      "kubectl label pvc {volume} -n {namespace} flotilla.dev/cluster-"))),
          entry(
              Reason.VOLUME_EXPIRES,
              List.of(
                  WAIT,
                  new WayOut(
                      "keep-it",
                      "the volume stays until somebody says otherwise, and costs what it costs",
                      "kubectl annotate pvc {volume} -n {namespace} --overwrite"
                          + " flotilla.dev/retain=forever"))),
          entry(Reason.STORE_DAMAGED, List.of(READ_OPERATOR_LOG)),
          entry(
              Reason.VOLUME_LOST,
              List.of(
                  new WayOut(LOOK, READS, "kubectl get pv"),
                  new WayOut(
                      "restore-the-claim",
                      "the member comes back with the data of the restored volume",
                      "kubectl apply -f CLAIM"),
                  GIVE_UP)),
          entry(
              Reason.DATA_MISSING,
              List.of(
                  new WayOut(
                      "restore-the-claims",
                      "the database comes back with the data of the restored volumes",
                      "kubectl apply -f CLAIMS"),
                  new WayOut(
                      "start-empty",
                      "gives up all data of this database for good",
                      "kubectl delete secret {cluster}-tenant -n {namespace}"))),
          entry(
              Reason.ENGINE_UNREADABLE,
              List.of(
                  WAIT,
                  new WayOut(
                      READ_LOG,
                      READS,
                      "kubectl logs -n {namespace} -l flotilla.dev/cluster={cluster} --tail=20"),
                  READ_OPERATOR_LOG)),
          entry(
              Reason.ENGINE_NOT_FORMED,
              List.of(
                  WAIT,
                  new WayOut(
                      READ_LOG,
                      READS,
                      "kubectl logs -n {namespace} -l flotilla.dev/cluster={cluster} --tail=20"))),
          entry(
              Reason.ENGINE_VERSION_MISMATCH,
              List.of(
                  new WayOut(
                      "make-them-agree",
                      "nothing is restarted; members can be added again",
                      EDIT))),
          entry(
              Reason.PRIMARY_MISSING,
              List.of(
                  new WayOut(
                      LOOK,
                      READS,
                      "kubectl get pods -n {namespace} -l flotilla.dev/cluster={cluster} -o wide"),
                  new WayOut("see-the-cause", READS, "{flotilla} describe {namespace}/{cluster}"))),
          entry(
              Reason.DRAINING,
              List.of(
                  WAIT, new WayOut(TAKE_BACK, "the member stays; data may move back to it", EDIT))),
          entry(
              Reason.RESTARTING,
              List.of(
                  WAIT,
                  new WayOut(TAKE_BACK, "who was restarted already is restarted once more", EDIT))),
          entry(Reason.DRAIN_UNDONE, List.of(WAIT)),
          entry(
              Reason.REPLACING,
              List.of(
                  WAIT,
                  new WayOut(
                      TAKE_BACK, "the member stays, and a new one goes again", CANCEL_OPERATIONS))),
          entry(
              Reason.DRAIN_BLOCKED,
              List.of(
                  new WayOut(
                      TAKE_BACK, "the member stays; data may move back to it", CANCEL_OPERATIONS),
                  new WayOut("set-the-count-back", "nobody has to go for a lower number", EDIT),
                  REPLACE_FIRST,
                  new WayOut("add-a-member", "a pod and a volume more; data moves to it", EDIT))),
          entry(Reason.DRAIN_SKIPPED, List.of(WAIT)),
          entry(
              Reason.DRAIN_STALLED,
              List.of(
                  WAIT,
                  new WayOut("take-back", "the member stays; data may move back to it", EDIT))),
          entry(
              Reason.FOREIGN_MARK,
              List.of(
                  new WayOut(
                      "leave-it",
                      "the member takes no data and is not removed",
                      "{flotilla} status {namespace}/{cluster}"),
                  new WayOut(
                      "reclaim-it",
                      "entries that name just one serving member go; data moves to it",
                      "kubectl patch databasecluster {cluster} -n {namespace} --type=merge"
                          + " -p '{\"spec\":{\"drain\":{\"foreignExcludes\":\"Reclaim\"}}}'"))),
          entry(
              Reason.OPERATION_REJECTED,
              List.of(
                  new WayOut(
                      "see-the-members", READS, "{flotilla} status {namespace}/{cluster} -o wide"),
                  new WayOut(
                      "drop-it",
                      "nothing was done and nothing changes",
                      "kubectl delete databaseoperation OPERATION -n {namespace}"))),
          entry(Reason.OPERATION_UNDONE, List.of()),
          entry(
              Reason.SCALE_IN_HELD,
              List.of(new WayOut(TAKE_BACK, "nothing changes", EDIT), REPLACE_FIRST)),
          entry(
              Reason.CHANGE_HELD,
              List.of(
                  new WayOut(
                      "leave-it",
                      "nothing is restarted; new members get the new values",
                      "{flotilla} status {namespace}/{cluster}"),
                  new WayOut(
                      "allow-restarts",
                      "members are restarted, one after the other, in every database",
                      "kubectl edit fleetpolicy default"),
                  new WayOut(TAKE_BACK, "nothing changes", EDIT))),
          entry(
              Reason.REPLACEMENT_HELD,
              List.of(
                  new WayOut(
                      "bring-the-node-back",
                      "nothing moves; the member serves again",
                      "kubectl describe node {node}"),
                  new WayOut("add-a-member", "a pod and a volume more; data moves to it", EDIT),
                  GIVE_UP)),
          entry(Reason.POOL_REMOVAL_HELD, List.of(new WayOut("put-back", "nothing changes", EDIT))),
          entry(Reason.ZONE_REMOVAL_HELD, List.of(new WayOut("put-back", "nothing changes", EDIT))),
          entry(
              Reason.FOREIGN_WRITER,
              List.of(
                  new WayOut(
                      LOOK,
                      READS,
                      "kubectl get databasepools -n {namespace} -o yaml --show-managed-fields"),
                  new WayOut("change-the-cluster", "what is written there is done", EDIT))),
          entry(
              Reason.NAME_CONFLICT,
              List.of(
                  new WayOut(
                      LOOK,
                      READS,
                      "kubectl get pods,pvc,services,configmaps,secrets -n {namespace} --show-labels"),
                  new WayOut(
                      "remove-the-other",
                      "ends whatever uses that object",
                      "kubectl delete KIND NAME -n {namespace}"))),
          entry(
              Reason.SPEC_REJECTED,
              List.of(new WayOut("correct-it", "nothing was changed meanwhile", EDIT))),
          entry(
              Reason.TENANT_MISMATCH,
              List.of(
                  new WayOut(LOOK, READS, "kubectl get pvc,secrets -n {namespace} --show-labels"),
                  new WayOut(
                      "remove-the-copy",
                      "deletes what was copied here; the original stays",
                      "kubectl delete KIND NAME -n {namespace}"))),
          entry(
              Reason.SECRET_MISSING,
              List.of(new WayOut("restore-it", "nothing else changes", "kubectl apply -f SECRET"))),
          entry(
              Reason.POD_FAILED,
              List.of(
                  new WayOut(
                      READ_LOG, READS, "kubectl logs {member} -n {namespace} --previous --tail=50"),
                  new WayOut("correct-it", "members are made anew, one after the other", EDIT))),
          entry(Reason.POD_UNSCHEDULABLE, List.of(LOOK_AT_POD, UNCORDON)),
          entry(
              Reason.WAITS_FOR_OTHERS,
              List.of(
                  WAIT,
                  new WayOut(
                      "raise-the-budget",
                      "so many databases do without a member at once",
                      "kubectl patch fleetpolicy default --type=merge"
                          + " -p '{\"spec\":{\"disruption\":{\"maxClusters\":NUMBER}}}'"))),
          entry(
              Reason.BREAKER_OPEN,
              List.of(
                  WAIT,
                  new WayOut(
                      "see-what-was-deleted",
                      READS,
                      "kubectl get databaseclusters -A -o custom-columns="
                          + "NAMESPACE:.metadata.namespace,NAME:.metadata.name,"
                          + "DELETED:.metadata.deletionTimestamp"),
                  new WayOut(
                      "raise-the-limit",
                      "so many databases stop, or members go, at once; volumes and secrets stay",
                      "kubectl patch fleetpolicy default --type=merge"
                          + " -p '{\"spec\":{\"breaker\":{\"clusters\":NUMBER,\"members\":NUMBER}}}'"),
                  new WayOut(
                      "write-a-policy",
                      "the same where there is no policy yet",
                      "kubectl apply -f FLEETPOLICY"))),
          entry(
              Reason.DELETION_UNCONFIRMED,
              List.of(
                  WAIT,
                  new WayOut(
                      "see-what-was-deleted",
                      READS,
                      "kubectl get databasecluster {cluster} -n {namespace} -o yaml"),
                  new WayOut(
                      "confirm-it",
                      "the database stops for good; volumes stay as long as its whenDeleted says",
                      "kubectl annotate databasecluster {cluster} -n {namespace} --overwrite"
                          + " flotilla.dev/confirm-delete={cluster}/{uid}"))),
          entry(
              Reason.FLEET_POLICY_UNKNOWN,
              List.of(
                  new WayOut(LOOK, READS, "kubectl get fleetpolicy default -o yaml"),
                  new WayOut(
                      "correct-it",
                      "its limits hold at once; what waits may go on",
                      "kubectl edit fleetpolicy default"),
                  new WayOut(
                      "delete-it",
                      "the built-in limits hold at once; what waits may go on",
                      "kubectl delete fleetpolicy default"))),
          entry(Reason.INTERNAL_ERROR, List.of(READ_OPERATOR_LOG, RESTART_OPERATOR)));

  private WaysOut() {}

  static List<WayOut> of(Reason reason) {
    return ALL.stream()
        .filter(entry -> entry.getKey() == reason)
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(List.of());
  }
}
