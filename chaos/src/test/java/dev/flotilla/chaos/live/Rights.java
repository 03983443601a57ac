package dev.flotilla.chaos.live;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What the operator is allowed to do against what it was seen to do, each as verb and resource.
final class Rights {

  private static final int CREATED = 201;
  private static final int FORBIDDEN = 403;

  /// Nobody may create anything in a namespace that goes, nor name an owner whose kind is so new
  /// that the API server's plugin for owners does not know it yet.
  private static final List<String> PASSING =
      List.of("being terminated", "cannot find RESTMapping");

  /// What the operator needs without being seen: the API server asks for the first two by itself,
  /// within a request that names an owner which waits for what it owns; and what the others read is
  /// read only when an answer was lost and the watch is late, or somebody wrote a resource at once.
  /// Nobody there asks for an operation, so none is answered; and no volume's time is over.
  static final Set<String> UNSEEN =
      Set.of(
          "update databaseclusters/finalizers",
          "update databasepools/finalizers",
          "get pods",
          "get persistentvolumeclaims",
          "delete persistentvolumeclaims",
          "get databaseclusters",
          "patch databaseoperations/status");

  private Rights() {}

  /// What is granted although none of these requests needed it.
  static Set<String> unused(KubernetesClient client, List<AuditLog.Request> requests) {
    var unused = granted(client);
    unused.removeAll(used(requests));
    return unused;
  }

  /// What the roles say that are bound to the operator's account.
  private static Set<String> granted(KubernetesClient client) {
    var bindings = client.rbac().clusterRoleBindings().list().getItems().stream();
    var everywhere =
        bindings
            .filter(binding -> isBound(binding.getSubjects()))
            .map((ClusterRoleBinding binding) -> binding.getRoleRef().getName())
            .map(name -> client.rbac().clusterRoles().withName(name).require())
            .flatMap((ClusterRole role) -> role.getRules().stream());
    var roles = client.rbac().roles().inNamespace(RunningOperator.NAMESPACE);
    var atHome =
        client
            .rbac()
            .roleBindings()
            .inNamespace(RunningOperator.NAMESPACE)
            .list()
            .getItems()
            .stream()
            .filter(binding -> isBound(binding.getSubjects()))
            .map((RoleBinding binding) -> binding.getRoleRef().getName())
            .map(name -> roles.withName(name).require())
            .flatMap((Role role) -> role.getRules().stream());
    var granted = new TreeSet<String>();
    Stream.concat(everywhere, atHome).forEach(rule -> granted.addAll(words(rule)));
    return granted;
  }

  private static boolean isBound(List<Subject> subjects) {
    return subjects.stream()
        .anyMatch(subject ->
            subject.getKind().equals("ServiceAccount")
                && subject.getName().equals("operator")
                && RunningOperator.NAMESPACE.equals(subject.getNamespace()));
  }

  private static List<String> words(PolicyRule rule) {
    return rule.getVerbs().stream()
        .flatMap(verb -> rule.getResources().stream().map(resource -> verb + " " + resource))
        .toList();
  }

  /// What these requests needed. An apply that makes an object needs the right to create it too.
  private static Set<String> used(List<AuditLog.Request> requests) {
    var used = new TreeSet<String>();
    for (var request : requests) {
      used.add(request.verb() + " " + request.resource());
      if (request.code() == CREATED) {
        used.add("create " + request.resource());
      }
    }
    return used;
  }

  /// What was forbidden for want of a right.
  static List<AuditLog.Request> refused(List<AuditLog.Request> requests) {
    return requests.stream()
        .filter(request -> request.code() == FORBIDDEN)
        .filter(request -> PASSING.stream().noneMatch(request.message()::contains))
        .toList();
  }
}
