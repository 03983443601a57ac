package dev.flotilla.operator.cli.volume;

import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.operator.cli.call.CommonOptions;
import dev.flotilla.operator.cli.call.DatabaseName;
import dev.flotilla.operator.cli.call.Session;
import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.cli.call.Verb;
import dev.flotilla.operator.cli.output.Answer;
import dev.flotilla.operator.cli.output.Exit;
import dev.flotilla.operator.cli.volume.VolumeList.Volume;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `volumes [CLUSTER]`: which disks there are, for whom, and until when those are kept that nobody
/// uses.
@Command(
    name = "volumes",
    description = {
      "List volumes: whose they are, and until when those are kept that nobody uses.",
      "To keep one: kubectl annotate pvc VOLUME -n NAMESPACE --overwrite flotilla.dev/retain=forever"
    })
public final class VolumesCommand extends Verb {

  /// Lists come in parts, so that none of them takes longer than the deadline of a request.
  private static final long PAGE = 500;

  @Parameters(
      arity = "0..1",
      paramLabel = "CLUSTER",
      converter = DatabaseName.Converter.class,
      description =
          "A database, as NAMESPACE/NAME or NAME, also one that was deleted; without it, all.")
  private @Nullable DatabaseName database;

  /// The command in these surroundings.
  public VolumesCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public List<Exit> exits() {
    return List.of(Exit.DONE, Exit.FAULT, Exit.USAGE, Exit.ABSENT, Exit.FORBIDDEN);
  }

  @Override
  protected Answer answer(Session session, CommonOptions common) {
    var name = Optional.ofNullable(database);
    var namespace = name.map(session::namespaceOf).or(common::namespace);
    var there = databases(session, namespace, name);
    var claims = session.kube().persistentVolumeClaims();
    var labelled =
        all(
            options ->
                namespace
                    .map(space -> claims.inNamespace(space).list(options))
                    .orElseGet(() -> claims.inAnyNamespace().list(options)),
            name.map(it -> Claims.CLUSTER + "=" + it.name()).orElse(Claims.CLUSTER));
    if (name.isPresent() && labelled.isEmpty() && there.isEmpty()) {
      return session.absent(namespace.orElse(""), name.get().name());
    }
    var volumes = labelled.stream().map(claim -> read(claim, there)).sorted(ORDER).toList();
    return new Answer.Told(Exit.DONE, new VolumeList(volumes));
  }

  private static final Comparator<Volume> ORDER =
      Comparator.comparing(Volume::namespace)
          .thenComparing(Volume::cluster)
          .thenComparing(Volume::name);

  private static Volume read(PersistentVolumeClaim claim, Set<String> databases) {
    var meta = claim.getMetadata();
    return Claims.read(
        claim,
        databases.contains(
            key(meta.getNamespace(), meta.getLabels().getOrDefault(Claims.CLUSTER, ""))));
  }

  /// Those that exist.
  private static Set<String> databases(
      Session session, Optional<String> namespace, Optional<DatabaseName> name) {
    if (name.isPresent()) {
      return session.database(namespace.orElse(""), name.get().name()).stream()
          .map(VolumesCommand::key)
          .collect(Collectors.toSet());
    }
    var clusters = session.kube().resources(DatabaseCluster.class);
    return all(
            options ->
                namespace
                    .map(space -> clusters.inNamespace(space).list(options))
                    .orElseGet(() -> clusters.inAnyNamespace().list(options)),
            "")
        .stream()
        .map(VolumesCommand::key)
        .collect(Collectors.toSet());
  }

  private static String key(HasMetadata object) {
    return key(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }

  private static <T extends HasMetadata> List<T> all(
      Function<ListOptions, ? extends KubernetesResourceList<T>> page, String labels) {
    var all = new ArrayList<T>();
    String next = null;
    do {
      var options =
          new ListOptionsBuilder()
              .withLimit(PAGE)
              .withLabelSelector(labels.isEmpty() ? null : labels)
              .withContinue(next)
              .build();
      var found = page.apply(options);
      all.addAll(found.getItems());
      next = found.getMetadata().getContinue();
    } while (next != null && !next.isEmpty());
    return all;
  }
}
