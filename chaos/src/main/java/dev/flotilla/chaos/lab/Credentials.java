package dev.flotilla.chaos.lab;

import dev.flotilla.chaos.lab.Authority.Algorithm;
import dev.flotilla.chaos.lab.Authority.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;

/// The certificates, keys and kubeconfig files of one cluster, made once in its life.
final class Credentials {

  private final Path folder;
  private final Path kubeconfig;
  private final Layout layout;

  Credentials(Path cluster, Layout layout) {
    folder = cluster.resolve("pki");
    kubeconfig = cluster.resolve("kubeconfig");
    this.layout = layout;
  }

  /// Whether [#create] came to its end.
  boolean exist() {
    return Files.exists(folder.resolve("complete"));
  }

  /// Makes all of them anew. What was there is worth nothing afterwards.
  void create() {
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      Authority authority = new Authority(layout.controlGroup());
      write("ca.crt", authority.certificatePem());
      List<String> serviceAccounts = Authority.bareKeys();
      write("service-accounts.key", serviceAccounts.getFirst());
      write("service-accounts.pub", serviceAccounts.getLast());

      keep("apiserver", authority.issue("CN=kube-apiserver", Algorithm.EC, apiNames()));
      keep("kubelet-client", client(authority, "O=system:masters,CN=apiserver-kubelet-client"));
      connect(authority, "controller-manager", "CN=system:kube-controller-manager");
      connect(authority, "scheduler", "CN=system:kube-scheduler");
      connect(authority, "kube-proxy", "CN=system:kube-proxy");
      for (Layout.Node node : layout.nodes()) {
        String subject = "O=system:nodes,CN=system:node:" + node.name();
        Identity identity =
            authority.issue(subject, Algorithm.EC, List.of(node.address(), node.name()));
        keep(node.name(), identity);
        write(node.name() + ".conf", connection(authority, identity));
      }
      write(
          "provisioner.conf",
          connection(
              authority,
              authority.issue("O=system:masters,CN=lab-provisioner", Algorithm.RSA, List.of())));
      Identity admin = authority.issue("O=system:masters,CN=lab-admin", Algorithm.RSA, List.of());
      writePrivately(kubeconfig, connection(authority, admin));
      write("complete", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> apiNames() {
    return List.of(
        "127.0.0.1",
        layout.loopback(),
        layout.api(),
        layout.apiService(),
        "localhost",
        "kubernetes",
        "kubernetes.default",
        "kubernetes.default.svc",
        "kubernetes.default.svc.cluster.local");
  }

  private static Identity client(Authority authority, String subject) {
    return authority.issue(subject, Algorithm.EC, List.of());
  }

  private void connect(Authority authority, String name, String subject) throws IOException {
    write(name + ".conf", connection(authority, client(authority, subject)));
  }

  private void keep(String name, Identity identity) throws IOException {
    write(name + ".crt", identity.certificate());
    write(name + ".key", identity.key());
  }

  private String connection(Authority authority, Identity identity) {
    String name = spelled();
    return """
    apiVersion: v1
    kind: Config
    clusters:
    - name: %s
      cluster:
        server: https://%s:6443
        certificate-authority-data: %s
    users:
    - name: %s
      user:
        client-certificate-data: %s
        client-key-data: %s
    contexts:
    - name: %s
      context: {cluster: %s, user: %s}
    current-context: %s
    """
        .formatted(
            name,
            layout.api(),
            base64(authority.certificatePem()),
            name,
            base64(identity.certificate()),
            base64(identity.key()),
            name,
            name,
            name,
            name);
  }

  private String spelled() {
    return "flotilla-lab-" + layout.spec().number();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String name, String text) throws IOException {
    writePrivately(folder.resolve(name), text);
  }

  private static void writePrivately(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }
}
