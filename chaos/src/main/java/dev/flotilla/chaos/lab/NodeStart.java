package dev.flotilla.chaos.lab;

import dev.flotilla.chaos.lab.progress.Progress;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Powers all nodes on, gives them the images, and waits until each has shown that it lives.
///
/// A node that runs but gives no sign of life is switched off and on again, once.
final class NodeStart {

  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(30);
  private static final Duration AFTER_POWER_CYCLE = Duration.ofSeconds(60);

  private final Lab lab;
  private final Places places;

  NodeStart(Lab lab, Places places) {
    this.lab = lab;
    this.places = places;
  }

  /// Starts or repairs all nodes.
  ///
  /// @return the summary
  String run(Progress.Phase phase) {
    List<String> names = lab.layout().nodes().stream().map(Layout.Node::name).toList();
    List<Path> images = images();
    phase.detail("power on, load " + images.size() + " images");
    AtomicInteger loaded = new AtomicInteger();
    onAll(
        names,
        name -> {
          lab.thaw(name);
          lab.powerOn(name);
          lab.importImages(name, images);
          phase.count(loaded.incrementAndGet(), names.size(), "nodes have their images");
        });
    phase.detail("first sign of life");
    AtomicInteger ready = new AtomicInteger();
    try (KubernetesClient client = lab.client()) {
      onAll(
          names,
          name -> {
            awaitLife(client, name);
            phase.count(ready.incrementAndGet(), names.size(), "nodes ready");
          });
    }
    return names.size() + " nodes ready, " + images.size() + " images each";
  }

  private List<Path> images() {
    try (Stream<Path> files = Files.list(places.images())) {
      return files.filter(file -> file.toString().endsWith(".tar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitLife(KubernetesClient client, String name) {
    try {
      awaitReady(client, name, SIGN_OF_LIFE);
    } catch (KubernetesClientTimeoutException first) {
      lab.powerOff(name);
      lab.powerOn(name);
      try {
        awaitReady(client, name, AFTER_POWER_CYCLE);
      } catch (KubernetesClientTimeoutException second) {
        throw new LabFailure(
            "node " + name + " is not ready after a power cycle",
            "./flotilla down && ./flotilla up",
            lab.folder().resolve("nodes.d").resolve(name).resolve("log/kubelet.log"));
      }
    }
  }

  /// The condition alone may be old: a node that died a moment ago still looks ready. A lease
  /// renewed after we began to look is proof.
  private static void awaitReady(KubernetesClient client, String name, Duration deadline) {
    Instant since = Instant.now();
    client
        .leases()
        .inNamespace("kube-node-lease")
        .withName(name)
        .waitUntilCondition(
            lease -> renewedAfter(since, lease), deadline.toMillis(), TimeUnit.MILLISECONDS);
    client
        .nodes()
        .withName(name)
        .waitUntilCondition(NodeStart::isReady, deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static boolean renewedAfter(Instant since, @Nullable Lease lease) {
    return lease != null
        && lease.getSpec().getRenewTime() != null
        && lease.getSpec().getRenewTime().toInstant().isAfter(since);
  }

  private static boolean isReady(@Nullable Node node) {
    return node != null && Condition.isReady(node);
  }

  /// What is done for each node, all at once; the first failure is everybody's.
  @FunctionalInterface
  private interface ForNode {
    void run(String name);
  }

  private static void onAll(List<String> names, ForNode action) {
    List<Callable<String>> tasks = new ArrayList<>();
    for (String name : names) {
      tasks.add(() -> {
        action.run(name);
        return name;
      });
    }
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> future : executor.invokeAll(tasks)) {
        future.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabFailure("interrupted while nodes started", "./flotilla up");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    }
  }
}
