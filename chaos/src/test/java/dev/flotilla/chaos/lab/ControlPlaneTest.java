package dev.flotilla.chaos.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.lab.progress.Progress;
import dev.flotilla.operator.cli.output.Terminal;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("control-plane")
class ControlPlaneTest {

  @Test
  void twoControlPlanesRunSideBySideAndLeaveNothing() throws IOException {
    Places places = Places.ofThisMachine(System.getenv());
    Progress progress = Progress.on(System.err, Terminal.none());
    String group;
    try (ControlPlane one = ControlPlane.start(places, System.getenv(), progress);
        ControlPlane two = ControlPlane.start(places, System.getenv(), progress)) {
      group = one.lab().layout().controlGroup();

      assertThat(one.lab().kubeconfig()).isNotEqualTo(two.lab().kubeconfig());
      assertThat(Machine.processesIn(group)).hasSize(3);
      try (KubernetesClient client = one.lab().client()) {
        // The controller manager works: it gives every namespace a service account.
        client
            .serviceAccounts()
            .inNamespace("default")
            .withName("default")
            .waitUntilCondition(account -> account != null, 60, TimeUnit.SECONDS);
      }
      assertThat(Files.readString(one.lab().auditLog())).contains("\"verb\":\"create\"");
    }

    assertThat(Machine.processesIn(group)).isEmpty();
  }
}
