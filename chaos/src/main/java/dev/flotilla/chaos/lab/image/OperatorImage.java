package dev.flotilla.chaos.lab.image;

import dev.flotilla.chaos.lab.folder.Clearing;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The operator as an image from nothing: the C library, a Java runtime with the modules it uses,
/// the libraries, and on top, in a layer of its own, what was compiled here.
///
/// It runs as uid 65532 with a read-only root file system and writes nothing. What the JVM may use
/// is set by the pod, in `JDK_JAVA_OPTIONS`.
///
/// @param checkout folder of the checkout, in which `fleet-operator` was compiled
/// @param cache folder in which linked Java runtimes are kept
public record OperatorImage(Path checkout, Path cache) implements ImageRecipe {
  private static final String MAIN = "dev.flotilla.operator.app.Main";
  private static final String JAVA = "/opt/java";

  /// What the operator and its libraries use of the platform.
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.compiler",
          "java.instrument",
          "java.logging",
          "java.management",
          "java.naming",
          "java.net.http",
          "java.security.sasl",
          "java.sql",
          "java.xml",
          "jdk.httpserver",
          "jdk.jfr",
          "jdk.management",
          "jdk.naming.dns",
          "jdk.net",
          "jdk.unsupported");

  /// No files under `/tmp` for monitoring tools or by Vert.x, which the client of etcd brings,
  /// since there is nowhere to write them; an end instead of a life with half the threads when
  /// memory is short; and no warning about what Netty uses of the JDK.
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          "-XX:+ExitOnOutOfMemoryError",
          "--sun-misc-unsafe-memory-access=allow",
          "-Dvertx.disableFileCPResolving=true",
          "-Dvertx.disableFileCaching=true");

  /// What the library is linked to by which Ratis speaks TLS.
  private static final String UNWINDER = "libgcc_s.so.1";

  /// Checks that the folders are named.
  public OperatorImage {
    Objects.requireNonNull(checkout);
    Objects.requireNonNull(cache);
  }

  @Override
  public String reference() {
    return "flotilla.local/operator:local";
  }

  @Override
  public String stamp() throws IOException {
    var stamp = new StringBuilder();
    for (Path entry : classPath()) {
      stamp.append(entry.getFileName()).append(' ');
      stamp.append(Files.isDirectory(entry) ? Digests.ofFiles(entry) : Digests.of(entry));
      stamp.append('\n');
    }
    return stamp
        .append(Digests.of(SharedLibraries.named("libc.so.6")))
        .append(Digests.of(SharedLibraries.named(UNWINDER)))
        .append(Digests.ofClasses(OperatorImage.class, ClassJar.class, JavaRuntime.class))
        .append(JavaRuntime.current().version())
        .toString();
  }

  @Override
  public ImageLayout lay(Path scratch, Path log) throws IOException {
    FileTree base = FileTree.in(scratch.resolve("base"));
    FileTree runtime = runtime(new Tool(log));
    FileTree libraries = FileTree.in(scratch.resolve("libraries"));
    FileTree own = FileTree.in(scratch.resolve("own"));
    base(base, runtime.root());
    application(libraries, own);
    var start = List.of(JAVA + "/bin/java", "@/app/java.args", MAIN);
    var config = ImageConfig.of("65532:65532", start.toArray(new String[0]));
    return new ImageLayout(
        config, List.of(base.root(), runtime.root(), libraries.root(), own.root()));
  }

  /// The linked runtime, which changes with the JDK only and costs more than all the rest together.
  private FileTree runtime(Tool tool) throws IOException {
    JavaRuntime java = JavaRuntime.current();
    String stamp = Digests.of(java.version() + MODULES + Digests.ofClasses(JavaRuntime.class));
    Path folder = cache.resolve("runtimes").resolve(stamp.replace("sha256:", ""));
    if (!Files.exists(folder)) {
      Path part = folder.resolveSibling(folder.getFileName() + ".part");
      Clearing.delete(part);
      java.link(MODULES, FileTree.in(part), JAVA, tool);
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    }
    return new FileTree(folder);
  }

  private static void base(FileTree base, Path java) throws IOException {
    SharedLibraries.copy(base, java);
    var unwinder = SharedLibraries.named(UNWINDER);
    base.file(unwinder.toRealPath(), unwinder.toString(), 0755);
    base.text("/etc/passwd", "operator:x:65532:65532:operator:/:/sbin/nologin\n");
    base.text("/etc/group", "operator:x:65532:\n");
    base.text("/etc/nsswitch.conf", "hosts: files dns\n");
    base.folder("/tmp", 01777);
  }

  /// Jars only, in the order of the class path: a folder on it could not be in a class-data
  /// archive.
  private void application(FileTree libraries, FileTree own) throws IOException {
    var places = new ArrayList<String>();
    for (Path entry : classPath()) {
      if (Files.isDirectory(entry)) {
        // <checkout>/<module>/target/classes
        String place = "/app/own/" + checkout.relativize(entry).getName(0) + ".jar";
        ClassJar.write(entry, own.at(place), Map.of());
        places.add(place);
      } else {
        String place = "/app/lib/" + entry.getFileName();
        libraries.file(entry, place, 0644);
        places.add(place);
      }
    }
    own.text(
        "/app/java.args", String.join("\n", FLAGS) + "\n-cp\n" + String.join(":", places) + "\n");
  }

  /// Class path of the operator: modules of the checkout as the folders with their classes, since
  /// those are there and fresh whether or not they were packed, and then the libraries.
  private List<Path> classPath() throws IOException {
    Path list = checkout.resolve("fleet-operator/target/classpath");
    if (!Files.exists(list)) {
      throw new ImageFailure("fleet-operator is not built: there is no " + list);
    }
    var classPath = new ArrayList<>(List.of(checkout.resolve("fleet-operator/target/classes")));
    for (String entry : Files.readString(list).strip().split(File.pathSeparator)) {
      Path path = Path.of(entry);
      boolean ours = path.startsWith(checkout);
      classPath.add(ours ? module(path).resolve("target/classes") : path);
    }
    return List.copyOf(classPath);
  }

  private Path module(Path jar) {
    return checkout.resolve(checkout.relativize(jar).getName(0));
  }
}
