package dev.flotilla.crds.condition;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Why a condition stands as it does, why a step is held, or why an event was sent.
///
/// Each reason says what it means, what usually causes it, why the data is safe meanwhile, and the
/// smallest act that ends it. docs/reference/reasons.md is generated from it. Source: UX-22.
public enum Reason {
  AS_WANTED(
      "AsWanted",
      Attention.FINE,
      "What exists is what was asked for.",
      "Everything that was wanted has been done.",
      "Nothing is changed.",
      "Nothing to do."),
  NOT_OBSERVED(
      "NotObserved",
      Attention.WORKING,
      "This has not been read yet, so nothing is claimed about it.",
      "The operator has just started, or the resource is new.",
      "Nothing is removed while a fact is unknown.",
      "Wait for the next pass; if it stays, look at the operator's log."),
  CREATING(
      "Creating",
      Attention.WORKING,
      "Volumes and pods of new members are being made.",
      "The cluster is new, or more members are wanted.",
      "Members that already run are not touched.",
      "Wait; if it stays, describe the pod that is not ready."),
  JOINING(
      "Joining",
      Attention.WORKING,
      "Pods run, but the engine does not list all of them as its members yet.",
      "The engine is starting or is looking for the other members.",
      "The member keeps its name and its volume while it joins.",
      "Wait; if it stays, read the log of the pod that has not joined."),
  HEALING(
      "Healing",
      Attention.WORKING,
      "A member lost its pod and is being started again under the same name on the same volume.",
      "The pod was deleted or evicted, or its node is gone.",
      "The volume with the data stays; a second pod is never started beside a first.",
      "Wait; if it stays, describe the pod."),
  COPIES_MISSING(
      "CopiesMissing",
      Attention.WORKING,
      "All data is served, but some shards have fewer copies than wanted.",
      "A member has just left or joined, or there are fewer members than copies.",
      "Every shard still has its primary.",
      "Wait until the engine has copied; if it stays, ask for fewer copies or more members."),
  DELETING(
      "Deleting",
      Attention.WORKING,
      "The resource is being deleted: pods are stopped, volumes and secrets stay.",
      "Somebody deleted it.",
      "Volumes and secrets are kept; applying the same manifest again adopts them.",
      "Wait, or apply the manifest again to get the database back."),
  STORE_REBUILDING(
      "StoreRebuilding",
      Attention.WORKING,
      "The record of members is being rebuilt from volumes and pods.",
      "The operator has just started.",
      "Nothing is planned before the record is complete.",
      "Wait; if it stays, check that the operator may list volumes and pods."),
  STORE_UNREACHABLE(
      "StoreUnreachable",
      Attention.WORKING,
      "The store of members gave no clear answer, so what it holds is not known.",
      "The store's servers are down, have no majority, or cannot be reached from the operator.",
      "Databases serve on; nothing is planned on a record that was not read.",
      "Wait; if it stays, check the store's servers and the way to them."),
  STORE_HALTED(
      "StoreHalted",
      Attention.PROBLEM,
      "The store of members is older than what has been done, so nothing new is recorded in it.",
      "It was lost and founded anew, restored from a backup, or replaced by another one.",
      "Databases serve on; lost pods come back where store and volume agree; nothing is removed.",
      "Compare the store with what exists, then say which of them counts."),
  STALE_VIEW(
      "StaleView",
      Attention.WORKING,
      "What the operator knows about Kubernetes may be out of date.",
      "The API server was unreachable, or a watch has not caught up.",
      "Nothing is created or removed on the strength of old facts.",
      "Wait; if it stays, check the connection between operator and API server."),
  NOT_ACTING(
      "NotActing",
      Attention.WORKING,
      "This operator writes nothing because another one has taken over.",
      "A newer operator has started.",
      "Only the newest operator writes, so two never act at once.",
      "Nothing to do; if no operator acts, restart the operator."),
  WRITE_UNCONFIRMED(
      "WriteUnconfirmed",
      Attention.WORKING,
      "A write to Kubernetes got no clear answer; it may or may not have happened.",
      "The connection broke or the API server was overloaded.",
      "The operator reads what is there before it does anything else.",
      "Wait; if it stays, check the API server."),
  WRITE_REFUSED(
      "WriteRefused",
      Attention.PROBLEM,
      "Kubernetes refused something that the operator wanted to write.",
      "A quota is used up, a policy forbids it, or a permission is missing.",
      "Nothing is written instead; other members go on.",
      "Read the message, then raise the quota or grant what is missing."),
  ZONES_INSUFFICIENT(
      "ZonesInsufficient",
      Attention.PROBLEM,
      "A wanted zone has no node that can take members.",
      "Its name is misspelt, its nodes are not usable, or none has topology.kubernetes.io/zone.",
      "Nothing new is created; members that run go on running.",
      "Correct spec.topology.zones, or add or uncordon a node in that zone."),
  CAPACITY_BLOCKED(
      "CapacityBlocked",
      Attention.PROBLEM,
      "A zone has no room for another member.",
      "No node of the zone has the processor or memory that a member asks for.",
      "Members that run are not moved to make room.",
      "Add a node in that zone, or ask for less in spec.pools[].resources."),
  STORAGE_BLOCKED(
      "StorageBlocked",
      Attention.PROBLEM,
      "A volume cannot be made, grown, attached or used in the member's zone.",
      "Storage refuses it, its class forbids growth, or it lies in another zone than its member.",
      "The member waits; no volume is deleted or replaced.",
      "Describe the claim; a class lets volumes grow with allowVolumeExpansion: true."),
  STORAGE_CLASS_MISSING(
      "StorageClassMissing",
      Attention.PROBLEM,
      "The storage class that the pool names does not exist, or there is no default class.",
      "A name is misspelt, or the class has not been installed.",
      "No volume and no pod is made until the class exists.",
      "Create the storage class; its name cannot be changed in an existing pool."),
  IMAGE_UNAVAILABLE(
      "ImageUnavailable",
      Attention.PROBLEM,
      "The engine's image cannot be fetched by a node.",
      "The name or version is wrong, or the registry refuses or cannot be reached.",
      "Members that run keep their image.",
      "Correct spec.engine.image or spec.engine.version, or make the image available."),
  NODE_UNKNOWN(
      "NodeUnknown",
      Attention.PROBLEM,
      "A node does not answer, so nobody knows whether its member still runs.",
      "The node lost power or its network, or its kubelet stopped.",
      "The member is not started a second time: two processes on one volume destroy data.",
      "Bring it back; once it is surely off, taint it with node.kubernetes.io/out-of-service."),
  NODE_OUT_OF_SERVICE(
      "NodeOutOfService",
      Attention.WORKING,
      "A node was declared out of service; its member comes back on another node of the zone.",
      "Somebody set the taint node.kubernetes.io/out-of-service.",
      "The old pod is gone before a new one starts on the volume.",
      "Wait; if it stays, check that the volume can be used from another node of the zone."),
  VOLUME_GROWING(
      "VolumeGrowing",
      Attention.WORKING,
      "A volume was asked to be larger, and its file system is not yet.",
      "The storage grows it first and then the node, which needs a pod that uses it.",
      "The member serves on with what its volume has.",
      "Wait; if it stays, the claim's conditions and events say what the storage waits for."),
  VOLUME_TERMINATING(
      "VolumeTerminating",
      Attention.PROBLEM,
      "The volume claim of a member is marked for deletion.",
      "Somebody deleted the claim.",
      "No pod is started on it; the data stays for as long as a pod still uses it.",
      "Save the data before the pod stops, or set the volume's reclaim policy to Retain."),
  VOLUME_SUSPECT(
      "VolumeSuspect",
      Attention.PROBLEM,
      "A volume claim carries a record that does not fit it, so it is left alone.",
      "The claim was copied or restored, or its annotation was edited.",
      "The claim is neither used nor deleted.",
      "Compare the claim with its record; remove the label flotilla.dev/cluster if it is foreign."),
  VOLUME_EXPIRES(
      "VolumeExpires",
      Attention.FINE,
      "The volume of a member that has gone is kept for some time, and deleted then.",
      "The specification says so in spec.volumes, or a person asked for it.",
      "Until then the volume can be kept; a volume that a member uses is never deleted.",
      "Nothing to do, unless it shall be kept."),
  STORE_DAMAGED(
      "StoreDamaged",
      Attention.PROBLEM,
      "An entry of the store that belongs to this cluster cannot be read.",
      "It was edited, cut or restored by hand, or written by a newer version.",
      "Nothing is done about the cluster; its pods, volumes and entries stay as they are.",
      "Put it back; or remove all entries of the cluster: they are made anew from volumes."),
  VOLUME_LOST(
      "VolumeLost",
      Attention.PROBLEM,
      "The volume claim of a recorded member does not exist any more.",
      "Somebody deleted the claim, or the storage system lost it.",
      "An empty volume is never put in the place of a lost one.",
      "Restore the claim under its name; other members go on serving their copies."),
  DATA_MISSING(
      "DataMissing",
      Attention.PROBLEM,
      "The database was formed once, but none of its volumes can be found.",
      "All claims were deleted, or the secret was copied without the volumes.",
      "Nothing is created: a new, empty database would hide the loss.",
      "Restore the volumes; to start empty on purpose, delete the tenant's secret as well."),
  ENGINE_UNREADABLE(
      "EngineUnreadable",
      Attention.PROBLEM,
      "The engine gives no answer that can be believed.",
      "Members are starting, overloaded or cut off, or the log-in does not fit.",
      "Unknown never counts as permission: nothing is removed.",
      "Read the engine's log; check that the operator can reach the members."),
  ENGINE_NOT_FORMED(
      "EngineNotFormed",
      Attention.WORKING,
      "Members run, but they have not formed a database yet.",
      "Fewer than a majority of the voters have found one another.",
      "A database is formed once in its life; it is never formed a second time.",
      "Wait; if it stays, check that the members' pods reach one another."),
  ENGINE_VERSION_MISMATCH(
      "EngineVersionMismatch",
      Attention.PROBLEM,
      "The engine reports another version than spec.engine.version.",
      "The image in spec.engine.image holds another version than spec.engine.version says.",
      "No further member is started with that image.",
      "Make spec.engine.version and spec.engine.image agree."),
  PRIMARY_MISSING(
      "PrimaryMissing",
      Attention.PROBLEM,
      "At least one shard has no primary, so part of the data is not served.",
      "Members that hold the shard's copies are down.",
      "Volumes are kept; the shard returns with a member that holds a copy.",
      "Bring back the members that are down; look at their pods first."),
  DRAINING(
      "Draining",
      Attention.WORKING,
      "A member is being emptied, or the engine is being asked whether it can be.",
      "Fewer members are wanted than exist.",
      "The member serves what it has; it goes only when the engine has said twice that it is empty.",
      "Wait, or set the number of instances back: then the member stays."),
  DRAIN_UNDONE(
      "DrainUndone",
      Attention.WORKING,
      "A drain, or somebody's entry that nobody answers for, is being taken back; its member stays.",
      "The member is needed, or its drain took too long.",
      "No pod was stopped; data that has moved already may move back.",
      "Nothing to do."),
  DRAIN_BLOCKED(
      "DrainBlocked",
      Attention.PROBLEM,
      "A member cannot be emptied: there is no place for what is on it, or it takes too long.",
      "There are as many copies as zones or members, others are full, or a setting forbids it.",
      "The member serves what it has and is not removed; no copy is given up.",
      "Add a member, ask for fewer copies, or take the wish back."),
  DRAIN_STALLED(
      "DrainStalled",
      Attention.PROBLEM,
      "Nothing has left a member for long, although the engine has no objection.",
      "Recoveries are limited to too little, wait for a snapshot, or hang.",
      "The member serves what it has and is not removed; spec.drain.onTimeout says what ends it.",
      "Look at the engine's recoveries and at what limits them, or take the wish back."),
  DRAIN_SKIPPED(
      "DrainSkipped",
      Attention.WORKING,
      "A member goes without being emptied, because a person named its very body.",
      "It could not come back, and somebody gave up what only it had.",
      "It is not in the engine; its volume claim is kept, and all other members are protected as ever.",
      "Nothing to do; cancel the operation to keep the member."),
  FOREIGN_MARK(
      "ForeignMark",
      Attention.PROBLEM,
      "Somebody else has told the engine to keep data off a member.",
      "Somebody excluded it and did not take that back, or excluded an address that is its own now.",
      "The member keeps running and does not count for its zone; the entry is left unless reclaimed.",
      "Take the entry away if nobody needs it; spec.drain.foreignExcludes: Reclaim does it for you."),
  OPERATION_REJECTED(
      "OperationRejected",
      Attention.PROBLEM,
      "An operation asks for what cannot be done, so nothing was done.",
      "A name is misspelt, the member is gone already, or it has never joined.",
      "Nothing was touched.",
      "Correct what the message names, in another operation."),
  OPERATION_UNDONE(
      "OperationUndone",
      Attention.FINE,
      "An operation ended without what it was made for, and its members serve as before.",
      "A person cancelled it, its time was over, or the data had no other place.",
      "Members that had not gone were kept, and nothing of it is left in the engine.",
      "Nothing to do; make another operation if it is still wanted."),
  SCALE_IN_HELD(
      "ScaleInHeld",
      Attention.PROBLEM,
      "Fewer members are wanted than exist, and none is removed.",
      "No zone can spare a member, a setting of somebody else hides ours, or a node is silent.",
      "All members go on running with their data.",
      "Read what stands in the way and clear it, or set the number of instances back."),
  CHANGE_HELD(
      "ChangeHeld",
      Attention.PROBLEM,
      "Members are to be restarted, and are not: those that run keep the old values.",
      "The FleetPolicy allows no restart, or the time that was given for it is over.",
      "Running members are not restarted; members made from now on get the new values.",
      "Read what stands in the way and clear it, or take the change or the operation back."),
  RESTARTING(
      "Restarting",
      Attention.WORKING,
      "Members are stopped and started again on their volumes, one after the other.",
      "Image, configuration or resources changed, or somebody asked for a restart.",
      "The next one goes only when all others serve and every shard has its copies.",
      "Wait; if it stays, look at the member that has not come back."),
  REPLACING(
      "Replacing",
      Attention.WORKING,
      "A member is to be replaced: a new one is made in its zone first.",
      "An operation of type Replace asks for it.",
      "The member serves until the new one does and its data has moved.",
      "Wait; if it stays, look at the new member, or cancel the operation."),
  REPLACEMENT_HELD(
      "ReplacementHeld",
      Attention.PROBLEM,
      "A member cannot come back as it is and is not replaced by a new one.",
      "Its volume lies on the disk of a node that is gone; this version does not replace members.",
      "Other members keep their copies; nothing of the old member is deleted.",
      "Bring the node back under its name, or add a member by raising the number of instances."),
  POOL_REMOVAL_HELD(
      "PoolRemovalHeld",
      Attention.PROBLEM,
      "A pool was taken out of the specification and its members are kept.",
      "This version does not empty whole pools, so removing their members could lose data.",
      "The members of the pool go on running with their data.",
      "Put the pool back into spec.pools."),
  ZONE_REMOVAL_HELD(
      "ZoneRemovalHeld",
      Attention.PROBLEM,
      "A zone was taken out of the specification and its members are kept.",
      "This version does not empty whole zones, so removing their members could lose data.",
      "The members of the zone go on running with their data.",
      "Put the zone back into spec.topology.zones."),
  FOREIGN_WRITER(
      "ForeignWriter",
      Attention.PROBLEM,
      "Somebody else wrote a value that the operator owns.",
      "Somebody edits an object of the operator, or scales a pool whose instances are set.",
      "The specification of the cluster counts; members are neither added nor removed for it.",
      "Change the DatabaseCluster instead, or leave instances out to scale the pool directly."),
  NAME_CONFLICT(
      "NameConflict",
      Attention.PROBLEM,
      "An object that the operator needs exists already and belongs to somebody else.",
      "Another application or another cluster uses the same name.",
      "The foreign object is neither changed nor deleted.",
      "Rename or remove the other object, or choose another name for the cluster."),
  SPEC_REJECTED(
      "SpecRejected",
      Attention.PROBLEM,
      "The specification contradicts itself or what exists, so it is not worked on.",
      "It was stored before a rule existed, or it changes what cannot be changed.",
      "The database stays as it is.",
      "Correct the field that the message names."),
  TENANT_MISMATCH(
      "TenantMismatch",
      Attention.PROBLEM,
      "A volume, a secret or an engine that was found belongs to another database.",
      "Objects were copied between namespaces, or an address was reused.",
      "Nothing of the other database is read, changed or adopted.",
      "Remove what was copied, or correct the secret of this database."),
  SECRET_MISSING(
      "SecretMissing",
      Attention.PROBLEM,
      "The secret with the certificates and log-ins of this database is gone or incomplete.",
      "Somebody deleted or edited it.",
      "No new secret is made for a database that has data: members would refuse one another.",
      "Restore the secret from a backup."),
  POD_FAILED(
      "PodFailed",
      Attention.PROBLEM,
      "The engine's process in a pod keeps ending.",
      "A setting in spec.engine.config is refused, memory is too small, or a disk is full.",
      "The pod keeps its volume and is not replaced by an empty one.",
      "Read the log of the pod and correct what the engine names."),
  POD_UNSCHEDULABLE(
      "PodUnschedulable",
      Attention.PROBLEM,
      "The scheduler finds no node for a pod that has been created.",
      "The nodes of the zone are cordoned or tainted, or the pod's volume lies where no node is.",
      "The pod waits; members that run are not touched.",
      "Follow the scheduler's words in the message; mostly, add or uncordon a node in the zone."),
  WAITS_FOR_OTHERS(
      "WaitsForOthers",
      Attention.WORKING,
      "It waits until fewer other databases are disrupted on purpose.",
      "Many were changed at the same time, or others have members in another zone that go first.",
      "The database serves as a whole and is left as it is.",
      "Wait; or raise the budget in spec.disruption of the FleetPolicy."),
  BREAKER_OPEN(
      "BreakerOpen",
      Attention.PROBLEM,
      "So many databases or members went in a short time that no further one goes for now.",
      "Somebody removes many on purpose, or by accident: a wrong branch, a wrong context.",
      "The database serves on; volumes and secrets are kept in any case.",
      "Wait until the time in the message, or raise the limit in spec.breaker of the FleetPolicy."),
  DELETION_UNCONFIRMED(
      "DeletionUnconfirmed",
      Attention.PROBLEM,
      "The database was deleted, and nobody has confirmed that this one was meant.",
      "A pipeline pruned it, its definition was deleted, or the admission policies are missing.",
      "Nothing is stopped: its pods run on, and volumes and secrets are kept.",
      "If it shall go, name it in its annotation flotilla.dev/confirm-delete."),
  FLEET_POLICY_UNKNOWN(
      "FleetPolicyUnknown",
      Attention.PROBLEM,
      "The limits that all databases share are not known.",
      "The FleetPolicy was stored before today's rules and holds what its fields cannot hold.",
      "No deleted database is stopped; repair goes on.",
      "Correct the FleetPolicy, or delete it: then the built-in limits hold."),
  INTERNAL_ERROR(
      "InternalError",
      Attention.PROBLEM,
      "The operator met a fault of its own and left this cluster as it was.",
      "A defect in the operator.",
      "Members run on; other clusters are not affected.",
      "Report it with the operator's log; the operator tries again every 30 seconds.");

  private final String id;
  private final Attention attention;
  private final String meaning;
  private final String cause;
  private final String safeState;
  private final String remedy;

  Reason(String id, Attention attention, String meaning, String cause, String safe, String remedy) {
    this.id = id;
    this.attention = attention;
    this.meaning = meaning;
    this.cause = cause;
    this.safeState = safe;
    this.remedy = remedy;
  }

  /// The reason of that name; empty if this version does not know it.
  public static Optional<Reason> of(String id) {
    return Arrays.stream(values()).filter(reason -> reason.id().equals(id)).findFirst();
  }

  /// The stable public name, for example `ZonesInsufficient`.
  public String id() {
    return id;
  }

  /// How much it asks of a person.
  public Attention attention() {
    return attention;
  }

  /// One sentence that says what is the case.
  public String meaning() {
    return meaning;
  }

  /// One sentence that says what usually leads to it.
  public String cause() {
    return cause;
  }

  /// One sentence that says why the data is safe meanwhile.
  public String safeState() {
    return safeState;
  }

  /// One sentence that says the smallest act that ends it.
  public String remedy() {
    return remedy;
  }

  /// The acts that end it, from the least risk to the most; none if there is nothing to end.
  public List<WayOut> waysOut() {
    return WaysOut.of(this);
  }
}
