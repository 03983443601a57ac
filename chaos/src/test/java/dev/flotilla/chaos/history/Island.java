package dev.flotilla.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A network of our own, with a switch to which processes are plugged in. It is in no name that
/// could be left behind: it ends with its processes.
final class Island implements AutoCloseable {

  private final Process hub;

  private Island(Process hub) {
    this.hub = hub;
  }

  static Island make() throws IOException {
    var hub =
        new ProcessBuilder(
                "unshare",
                "--net",
                "sh",
                "-c",
                "ip link add br0 type bridge && ip link set br0 up && echo ready && exec cat")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(hub.inputReader().readLine()).isEqualTo("ready");
    return new Island(hub);
  }

  /// What [#inside] prints once it has its network.
  static final String READY = "network";

  /// A command that waits, on a network of its own, for one line of input and then runs.
  static List<String> inside(List<String> command) {
    var all =
        new ArrayList<>(
            List.of(
                "unshare",
                "--net",
                "sh",
                "-c",
                "echo " + READY + " && read _ && exec \"$@\"",
                "sh"));
    all.addAll(command);
    return all;
  }

  /// Plugs a process in. Whoever comes back at an address has the network card that was there
  /// before: otherwise the others send to one that is gone, for half a minute.
  ///
  /// @param cable names its place; 1 to 12 letters and digits
  void plug(String cable, Process process, String address)
      throws IOException, InterruptedException {
    run(
        "ip",
        "link",
        "add",
        cable,
        "type",
        "veth",
        "peer",
        "name",
        "eth0",
        "address",
        card(address),
        "netns",
        "" + process.pid());
    run("ip", "link", "set", cable, "master", "br0", "up");
    at(process.pid(), "ip", "addr", "add", address + "/24", "dev", "eth0");
    at(process.pid(), "ip", "link", "set", "eth0", "up");
    at(process.pid(), "ip", "link", "set", "lo", "up");
  }

  /// @param address whose last number is below 16
  private static String card(String address) {
    return "02:00:00:00:00:0%x"
        .formatted(Integer.parseInt(address.substring(address.lastIndexOf('.') + 1)));
  }

  /// Takes the cable of a process that has ended. Its network may outlive it for minutes, while
  /// connections in it are not closed on both sides, and would go on answering at its address.
  void unplug(String cable) throws IOException, InterruptedException {
    run("sh", "-c", "ip link delete $0 2>&1 || ! ip link show $0", cable);
  }

  /// Nothing comes through any more, and nobody is told.
  void cut(String cable) throws IOException, InterruptedException {
    run("ip", "link", "set", cable, "down");
  }

  void mend(String cable) throws IOException, InterruptedException {
    run("ip", "link", "set", cable, "up");
  }

  private void run(String... command) throws IOException, InterruptedException {
    at(hub.pid(), command);
  }

  private static void at(long pid, String... command) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of("nsenter", "--net=/proc/%d/ns/net".formatted(pid), "--"));
    all.addAll(List.of(command));
    var process = new ProcessBuilder(all).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("%s ends", all).isTrue();
    assertThat(process.exitValue()).as("%s: %s", all, said).isZero();
  }

  @Override
  public void close() {
    hub.destroyForcibly();
  }
}
