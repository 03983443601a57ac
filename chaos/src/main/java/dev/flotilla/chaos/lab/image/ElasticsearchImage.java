package dev.flotilla.chaos.lab.image;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Elasticsearch with security from what Maven Central has of it, laid out and behaving like the
/// official image: same paths, same settings, uid 1000, and it runs with a read-only root file
/// system.
///
/// Not in it, since it is not on Maven Central: SAML, native users, scripting, ingest, the node
/// shutdown API. Its own code and the reasons for it lie beside its `pom.xml`.
///
/// @param version release of Elasticsearch
/// @param sources the folder `chaos/lab/images/elasticsearch` of the checkout
/// @param busybox a statically linked busybox
public record ElasticsearchImage(String version, Path sources, Path busybox)
    implements ImageRecipe {
  private static final String HOME = "/usr/share/elasticsearch";
  private static final String COPY =
      "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies";

  /// Which jars, beside those in `lib/`, go into which module: by the beginning of their names.
  private static final SortedMap<String, List<String>> MODULES =
      new TreeMap<>(
          Map.of(
              "transport-netty4",
              List.of("transport-netty4-", "netty-", "elasticsearch-ssl-config-"),
              "x-pack-core",
              List.of(
                  "x-pack-core-",
                  "elasticsearch-ssl-config-",
                  "icu4j-",
                  "http",
                  "commons-",
                  "slf4j-",
                  "log4j-",
                  "unboundid-"),
              "x-pack-security",
              List.of(
                  "x-pack-security-",
                  "transport-netty4-",
                  "netty-",
                  "nimbus-",
                  "oauth2-",
                  "json-smart-",
                  "accessors-",
                  "asm-",
                  "content-type-",
                  "lang-tag-",
                  "jcip-annotations-1.0-1")));

  /// The modules that x-pack requires and Maven Central lacks, with their packages.
  private static final SortedMap<String, SortedMap<String, List<String>>> STAND_INS =
      new TreeMap<>(
          Map.of(
              "x-pack-core",
              new TreeMap<>(Map.of("org.elasticsearch.xcore.templates", List.of("none"))),
              "x-pack-security",
              new TreeMap<>(
                  Map.of(
                      "org.opensaml.core",
                      List.of("org.opensaml.core"),
                      "org.opensaml.saml",
                      List.of("org.opensaml.saml"),
                      "org.opensaml.saml.impl",
                      List.of(
                          "org.opensaml.saml.saml2.core.impl",
                          "org.opensaml.saml.saml2.metadata.impl",
                          "org.opensaml.saml.metadata.resolver.impl",
                          "org.opensaml.saml.common.binding.impl"),
                      "org.opensaml.security",
                      List.of("org.opensaml.security"),
                      "org.opensaml.security.impl",
                      List.of("org.opensaml.security.impl"),
                      "org.opensaml.xmlsec",
                      List.of("org.opensaml.xmlsec"),
                      "org.opensaml.xmlsec.impl",
                      List.of("org.opensaml.xmlsec.impl"),
                      "net.shibboleth.utilities.java.support",
                      List.of("net.shibboleth")))));

  /// Checks that the parts are named.
  public ElasticsearchImage {
    if (!version.matches("\\d+\\.\\d+\\.\\d+")) {
      throw new IllegalArgumentException("not a release of Elasticsearch: " + version);
    }
    Objects.requireNonNull(sources);
    Objects.requireNonNull(busybox);
  }

  @Override
  public String reference() {
    return "flotilla.local/elasticsearch:" + version;
  }

  @Override
  public String stamp() throws IOException {
    return String.join(
        "\n",
        version,
        Digests.ofFiles(sources),
        Digests.of(busybox),
        Digests.of(SharedLibraries.named("libc.so.6")),
        Digests.of(SharedLibraries.named("libzstd.so.1")),
        Digests.ofClasses(
            ElasticsearchImage.class, StandInModules.class, ClassJar.class, JavaRuntime.class),
        JavaRuntime.current().version());
  }

  @Override
  public ImageLayout lay(Path scratch, Path log) throws IOException {
    var tool = new Tool(log);
    FileTree base = FileTree.in(scratch.resolve("base"));
    FileTree jdk = FileTree.in(scratch.resolve("jdk"));
    FileTree server = FileTree.in(scratch.resolve("server"));
    libraries(tool, server, scratch.resolve("jars"));
    ownCode(tool, server, scratch.resolve("classes"));
    standIns(server, scratch.resolve("stand-ins"));
    settings(server);
    JavaRuntime.current().copy(jdk, HOME + "/jdk");
    base(base, jdk, server);
    for (FileTree tree : List.of(base, jdk, server)) {
      tree.age();
    }
    archiveClasses(tool, base, jdk, server);
    return new ImageLayout(config(), List.of(base.root(), jdk.root(), server.root()));
  }

  private static ImageConfig config() {
    var environment = new TreeMap<>(Map.of("ELASTIC_CONTAINER", "true"));
    environment.put("PATH", "/bin:" + HOME + "/bin");
    return new ImageConfig(
        "1000:0", HOME, List.of(HOME + "/bin/elasticsearch"), environment, List.of(9200, 9300));
  }

  /// Lets Maven fetch the jars and sorts them into `lib/`, `modules/` and `boot/`.
  private void libraries(Tool tool, FileTree server, Path jars) throws IOException {
    Path all = jars.resolve("modules");
    Path lib = server.folder(HOME + "/lib");
    fetch(tool, "server", lib);
    fetch(tool, "modules", all);
    server.file(
        all.resolve("elasticsearch-entitlement-bridge-" + version + ".jar"),
        HOME + "/boot/bridge.jar",
        0644);
    for (Path jar : files(all)) {
      String name = jar.getFileName().toString();
      if (!Files.exists(lib.resolve(name))) {
        for (var module : MODULES.entrySet()) {
          if (module.getValue().stream().anyMatch(name::startsWith)) {
            server.file(jar, module(module.getKey()) + "/" + name, 0644);
          }
        }
      }
    }
    for (String module : MODULES.keySet()) {
      describe(server, module);
    }
    server.file(
        SharedLibraries.named("libzstd.so.1").toRealPath(),
        HOME + "/lib/platform/" + platform() + "/libzstd.so",
        0644);
  }

  private void fetch(Tool tool, String profile, Path target) throws IOException {
    tool.run(
        Map.of("JAVA_HOME", System.getProperty("java.home")),
        List.of(
            "mvn",
            "--batch-mode",
            "--quiet",
            "--file=" + sources.resolve("pom.xml"),
            "--activate-profiles=" + profile,
            "-Des.version=" + version,
            "-DoutputDirectory=" + target,
            COPY));
  }

  /// A module's descriptor and entitlement policy come inside its jar.
  private void describe(FileTree server, String module) throws IOException {
    Path jar = server.at(module(module) + "/" + module + "-" + version + ".jar");
    String folder = "META-INF/es-plugins/" + module + "/";
    try (var file = new JarFile(jar.toFile())) {
      for (var entry : file.stream().filter(e -> e.getName().startsWith(folder)).toList()) {
        String name = entry.getName().substring(folder.length());
        if (!name.isEmpty()) {
          try (InputStream in = file.getInputStream(entry)) {
            Files.copy(
                in, server.at(module(module) + "/" + name), StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
    }
  }

  /// Compiles the few classes of our own against the server's.
  private void ownCode(Tool tool, FileTree server, Path classes) throws IOException {
    Map<String, String> agent =
        Map.of(
            "Agent-Class",
            "dev.flotilla.lab.elasticsearch.EntitlementAgent",
            "Can-Retransform-Classes",
            "true");
    Map<String, String> plain = Map.of();
    ClassJar.write(
        compile(tool, server, classes, "boot"), server.at(HOME + "/boot/launcher.jar"), plain);
    ClassJar.write(
        compile(tool, server, classes, "console"),
        server.at(HOME + "/lib/tools/ansi-console/console.jar"),
        plain);
    ClassJar.write(
        compile(tool, server, classes, "agent"),
        server.at(HOME + "/lib/entitlement-agent/agent.jar"),
        agent);
    ClassJar.write(
        compile(tool, server, classes, "rest"),
        server.at(module("rest-root") + "/rest-root.jar"),
        plain);
    server.text(
        module("rest-root") + "/plugin-descriptor.properties",
        """
        name=rest-root
        description=Answers at the root path
        version=%1$s
        elasticsearch.version=%1$s
        java.version=21
        classname=dev.flotilla.lab.elasticsearch.RestRootPlugin
        """
            .formatted(version));
  }

  private Path compile(Tool tool, FileTree server, Path classes, String part) throws IOException {
    Path target = Files.createDirectories(classes.resolve(part));
    String libraries =
        files(server.at(HOME + "/lib")).stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    Path options =
        Files.write(
            classes.resolve(part + ".args"),
            List.of("-nowarn", "-proc:none", "-d", target.toString(), "-cp", libraries));
    var arguments = new ArrayList<String>(List.of("@" + options));
    files(sources.resolve("src").resolve(part)).forEach(file -> arguments.add(file.toString()));
    tool.java("javac", arguments);
    return target;
  }

  /// Puts modules without content where a jar requires modules that are not to be had.
  private void standIns(FileTree server, Path classes) throws IOException {
    for (var module : STAND_INS.entrySet()) {
      String folder = module(module.getKey()) + "/";
      String jar = folder + module.getKey() + "-" + version + ".jar";
      StandInModules.write(server.at(jar), classes, module.getValue());
      for (String missing : module.getValue().keySet()) {
        standIn(server, classes, missing, folder);
      }
    }
  }

  private static void standIn(FileTree server, Path classes, String module, String folder)
      throws IOException {
    Path jar = server.at(folder + "stand-in-" + module + ".jar");
    ClassJar.write(classes.resolve(module), jar, Map.of());
  }

  private void settings(FileTree server) throws IOException {
    server.copy(sources.resolve("config"), HOME + "/config", path -> true);
    server.file(sources.resolve("bin/elasticsearch"), HOME + "/bin/elasticsearch", 0755);
    server.folder(HOME + "/jdk");
    server.folder(HOME + "/plugins");
    // Group 0 may write, as in the official image, so that any uid of that group will do.
    for (String folder : List.of("/config", "/data", "/logs")) {
      server.folder(HOME + folder, 0777);
    }
  }

  /// The C library, a shell with its usual commands, and the user.
  private void base(FileTree base, FileTree jdk, FileTree server) throws IOException {
    SharedLibraries.copy(base, jdk.root());
    SharedLibraries.copy(base, server.root());
    BusyboxImage.install(busybox, base);
    base.folder(HOME);
    base.text(
        "/etc/passwd",
        """
        root:x:0:0:root:/root:/bin/sh
        elasticsearch:x:1000:0:elasticsearch:%s:/bin/sh
        """
            .formatted(HOME));
    base.text("/etc/group", "root:x:0:\nelasticsearch:x:1000:\n");
    base.text("/etc/hosts", "127.0.0.1 localhost\n");
    base.text("/etc/nsswitch.conf", "hosts: files dns\n");
  }

  private void archiveClasses(Tool tool, FileTree base, FileTree jdk, FileTree server)
      throws IOException {
    var command =
        List.of("unshare", "--net", "--mount", "--uts", "--pid", "--fork", "--kill-child");
    var all = new ArrayList<>(command);
    all.addAll(List.of("sh", sources.resolve("archive-classes.sh").toString()));
    for (FileTree tree : List.of(base, jdk, server)) {
      all.add(tree.root().toString());
    }
    all.add(server.at(HOME + "/boot/elasticsearch.jsa").toString());
    tool.run(Map.of(), all);
    Files.setAttribute(server.at(HOME + "/boot/elasticsearch.jsa"), "unix:mode", 0644);
  }

  private static String module(String name) {
    return HOME + "/modules/" + name;
  }

  private static String platform() {
    return System.getProperty("os.arch").equals("aarch64") ? "linux-aarch64" : "linux-x64";
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
