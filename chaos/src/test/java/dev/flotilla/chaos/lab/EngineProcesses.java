package dev.flotilla.chaos.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.chaos.demo.LogIn;
import dev.flotilla.chaos.demo.TenantClient;
import dev.flotilla.chaos.lab.progress.Progress;
import dev.flotilla.operator.bench.Specs;
import dev.flotilla.operator.cli.output.Terminal;
import dev.flotilla.operator.core.retention.RetentionPolicy;
import dev.flotilla.operator.core.step.PodDraft;
import dev.flotilla.operator.core.view.ClusterSpec;
import dev.flotilla.operator.core.view.PoolSpec;
import dev.flotilla.operator.core.view.Resources;
import dev.flotilla.operator.core.view.Role;
import dev.flotilla.operator.engine.elasticsearch.ElasticsearchProfile;
import dev.flotilla.operator.engine.elasticsearch.TenantCredentials;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Slot;
import dev.flotilla.topology.model.TenantId;
import dev.flotilla.topology.model.Zone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/// Members of one database of real Elasticsearch on this machine's loopback, without Kubernetes:
/// the image, the settings, the certificates and the log-ins that the operator would give to pods.
///
/// Zones are what a test wants, also two members in one and one in another. They end with this
/// process, however it ends.
public final class EngineProcesses implements AutoCloseable {

  private static final ClusterRef CLUSTER = new ClusterRef("loopback", "search");
  private static final TenantId TENANT = new TenantId("engines");
  private static final PoolName POOL = new PoolName("data");
  private static final String HEAP = "-Xms192m -Xmx192m";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCRIPT = "engine-process.sh";

  /// This port is bound at every address, so two members on one loopback would be in each other's
  /// way: whoever of them comes second ends, if it is not yet through with its start by then.
  private static final String ANY_READINESS = "-Ereadiness.port=0";

  /// The engine's folder for its command; a pod gets it from the image.
  private static final String START = "/usr/share/elasticsearch/bin/elasticsearch";

  private final SortedMap<MemberName, String> addresses = new TreeMap<>();
  private final List<MemberName> members = new ArrayList<>();
  private final List<Process> processes = new ArrayList<>();
  private final TenantSecret founded =
      new TenantCredentials(new SecureRandom(), InstantSource.system()).found(CLUSTER, TENANT);
  private final TenantClient client = client();
  private final Semaphore told = new Semaphore(0);
  private volatile boolean ended;
  private String formed = "";

  private EngineProcesses() {}

  /// Starts one member in each of these zones and waits until they are one database.
  ///
  /// @param folder where files and logs go
  public static EngineProcesses start(Path folder, List<String> zones)
      throws IOException, InterruptedException {
    var engines = new EngineProcesses();
    try {
      engines.launch(folder, zones);
      return engines;
    } catch (IOException | InterruptedException | RuntimeException e) {
      engines.close();
      throw e;
    }
  }

  private void launch(Path folder, List<String> zones) throws IOException, InterruptedException {
    var root = unpack(folder.resolve("root"));
    var records = new ArrayList<MemberRecord>();
    for (int i = 0; i < zones.size(); i++) {
      var record =
          MemberRecord.allocated(
              CLUSTER, TENANT, new Slot(POOL, new Zone(zones.get(i)), i + 1), true);
      records.add(record);
      members.add(record.name());
      addresses.put(record.name(), "127.78.0." + (i + 1));
    }
    for (var record : records) {
      processes.add(launch(folder, root, record));
    }
    if (!told.tryAcquire(zones.size(), 180, TimeUnit.SECONDS) || ended) {
      throw new IOException("not every member has started" + lastWords(folder));
    }
    client.get("/_cluster/health?timeout=80s&wait_for_nodes=" + zones.size());
    formed = client.get("/").path("cluster_uuid").asText();
  }

  private String lastWords(Path folder) {
    return members.stream()
        .map(member -> "\n--- %s%n%s".formatted(member, LogEnd.of(log(folder, member))))
        .collect(Collectors.joining());
  }

  private static Path log(Path folder, MemberName member) {
    return folder.resolve(member.value()).resolve("log");
  }

  /// The image's layers, one over the other.
  private static Path unpack(Path root) throws IOException, InterruptedException {
    var places = Places.ofThisMachine(System.getenv());
    var phase = Progress.on(System.err, Terminal.none()).begin("engine");
    var warehouse = new Warehouse(places, System.getenv());
    var archive =
        warehouse.images(warehouse.packages(phase), phase).stream()
            .filter(path -> path.getFileName().toString().startsWith("elasticsearch-"))
            .findFirst()
            .orElseThrow();
    phase.done("unpacked");
    var blobs = Files.createDirectories(root.resolveSibling("image"));
    run("tar", "-C", blobs.toString(), "-xf", archive.toString());
    Files.createDirectories(root);
    var index = JSON.readTree(blobs.resolve("index.json").toFile());
    var manifest = JSON.readTree(blob(blobs, index.at("/manifests/0")).toFile());
    for (var layer : manifest.path("layers")) {
      run("tar", "-C", root.toString(), "-xpf", blob(blobs, layer).toString());
    }
    run("rm", "-r", blobs.toString());
    for (var mount : List.of("etc", "config", "seeds", "tls", "login")) {
      Files.createDirectories(root.resolve("mnt/flotilla").resolve(mount));
    }
    return root;
  }

  private static Path blob(Path image, JsonNode described) {
    return image.resolve("blobs").resolve(described.path("digest").asText().replace(':', '/'));
  }

  private static void run(String... command) throws IOException, InterruptedException {
    var ended = Ended.of(List.of(command));
    if (ended.code() != 0) {
      throw new IOException(ended.text());
    }
  }

  private Process launch(Path folder, Path root, MemberRecord member) throws IOException {
    var profile = new ElasticsearchProfile();
    var own = folder.resolve(member.name().value());
    var container = profile.container(draft(member));
    write(own.resolve("config"), profile.blueprint(CLUSTER, spec()).files());
    var seeds = profile.seeds(new TreeSet<>(addresses.values()));
    write(own.resolve("seeds"), Map.of(seeds.name(), seeds.content()));
    write(own.resolve("login"), founded.files());
    var certificate =
        new TenantCredentials(new SecureRandom(), InstantSource.system()).issue(founded, member);
    write(
        own.resolve("tls"),
        Map.of(
            "tls.key",
            certificate.keyPem(),
            "tls.crt",
            certificate.certificatePem(),
            "ca.crt",
            certificate.authorityPem()));
    var address = addresses.get(member.name());
    var prepare = container.prepare().getLast();
    var command =
        new ProcessBuilder(
            "sh",
            script(folder).toString(),
            root.toString(),
            own.toString(),
            member.name().value(),
            "/bin/sh",
            "-ec",
            prepare + "\nexec %s -Enetwork.host=%s %s".formatted(START, address, ANY_READINESS));
    command.environment().putAll(container.env());
    command.environment().put("POD_IP", String.valueOf(address));
    command.environment().put("ES_JAVA_OPTS", HEAP);
    var process = command.redirectErrorStream(true).start();
    Thread.ofVirtual().start(() -> record(process, log(folder, member.name())));
    return process;
  }

  /// Keeps what a member says, and notices when it says that it has started, or ends.
  private void record(Process process, Path log) {
    try (var lines = process.inputReader();
        var out = Files.newBufferedWriter(log)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        out.write(line + "\n");
        out.flush();
        if (line.contains("] started ")) {
          told.release();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      ended = true;
      told.release(addresses.size());
    }
  }

  private static Path script(Path folder) throws IOException {
    var script = folder.resolve(SCRIPT);
    try (var stream = EngineProcesses.class.getResourceAsStream(SCRIPT)) {
      Files.write(script, Objects.requireNonNull(stream).readAllBytes());
    }
    return script;
  }

  /// Readable for uid 1000, as a pod's mounts are.
  private static void write(Path folder, Map<String, String> files) throws IOException {
    Files.createDirectories(folder);
    for (var file : files.entrySet()) {
      var path = Files.writeString(folder.resolve(file.getKey()), file.getValue());
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    }
  }

  private PodDraft draft(MemberRecord member) {
    var roles = new TreeSet<>(List.of(Role.VOTER, Role.DATA));
    var template =
        new PodDraft.Template(
            "9.5.3", "flotilla.local/elasticsearch:9.5.3", roles, resources(), "0123456789");
    return new PodDraft(member, "pool-uid", template, List.copyOf(members));
  }

  /// Three zones by the rules, of which members are only in those that the test wants.
  private static ClusterSpec spec() {
    var pool =
        new PoolSpec(
            POOL,
            new TreeSet<>(List.of(Role.VOTER, Role.DATA)),
            OptionalInt.of(3),
            resources(),
            "1Gi",
            Optional.empty());
    return new ClusterSpec(
        "9.5.3",
        "flotilla.local/elasticsearch:9.5.3",
        new TreeMap<>(),
        List.of(new Zone("a"), new Zone("b"), new Zone("c")),
        false,
        RetentionPolicy.KEEP,
        Specs.DRAIN,
        List.of(pool));
  }

  private static Resources resources() {
    return Resources.of(Map.of("memory", "300Mi"), Map.of("memory", "520Mi"));
  }

  private TenantClient client() {
    var files = founded.files();
    var logIn =
        new LogIn(
            files.getOrDefault("username", ""),
            files.getOrDefault("password", ""),
            files.getOrDefault("ca.crt", ""));
    return new TenantClient(
        URI.create("https://search.loopback.svc:9200"), logIn, new FirstMember());
  }

  /// The tenant's address means the first member.
  private static final class FirstMember extends SystemDefaultDnsResolver {
    @Override
    public InetAddress[] resolve(String host) {
      return new InetAddress[] {InetAddress.ofLiteral("127.78.0.1")};
    }
  }

  /// In the order of their zones.
  public List<MemberName> members() {
    return List.copyOf(members);
  }

  /// The tenant's own client, which talks to the first member.
  public TenantClient tenant() {
    return client;
  }

  /// How the operator reaches them.
  public EnginePort.Access access() {
    var secret = new TenantSecret(TENANT, Optional.of(formed), founded.files());
    return new EnginePort.Access(CLUSTER, addresses, secret);
  }

  @Override
  public void close() {
    client.close();
    for (var process : processes) {
      try {
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
          throw new IllegalStateException("a member did not end");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
