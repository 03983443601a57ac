package dev.flotilla.chaos.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {

  @TempDir Path folder;

  @Test
  void theKubeconfigIsReadWithoutAnyPropertyAndByItsOwnerOnly() throws Exception {
    create();
    Path kubeconfig = folder.resolve("kubeconfig");

    Config config = Config.fromKubeconfig(kubeconfig.toFile());

    assertThat(config.getMasterUrl()).isEqualTo("https://198.18.0.1:6443/");
    assertThat(SSLUtils.keyManagers(config)).isNotEmpty();
    assertThat(Files.getPosixFilePermissions(kubeconfig)).hasSize(2);
  }

  @Test
  void certificatesAreSignedByTheClustersAuthorityForTheirOwnAddress() throws Exception {
    create();
    X509Certificate authority = read("ca.crt");

    X509Certificate node = read("node-b-2.crt");

    node.verify(authority.getPublicKey());
    assertThat(node.getSubjectX500Principal().getName())
        .contains("CN=system:node:node-b-2", "O=system:nodes");
    assertThat(node.getSubjectAlternativeNames().toString()).contains("198.18.0.14");
    assertThat(read("apiserver.crt").getSubjectAlternativeNames().toString())
        .contains("198.19.0.1", "198.18.0.1", "kubernetes.default.svc");
    assertThat(authority.getBasicConstraints()).isGreaterThanOrEqualTo(0);
    assertThat(node.getBasicConstraints()).isNegative();
  }

  private void create() {
    var credentials = new Credentials(folder, new Layout(LabSpec.standard(0)));
    assertThat(credentials.exist()).isFalse();
    credentials.create();
    assertThat(credentials.exist()).isTrue();
  }

  private X509Certificate read(String name) throws Exception {
    try (var input = Files.newInputStream(folder.resolve("pki").resolve(name))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(input);
    }
  }
}
