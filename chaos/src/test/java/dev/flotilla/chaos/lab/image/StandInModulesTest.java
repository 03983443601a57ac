package dev.flotilla.chaos.lab.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A module that requires a library which is not there loads with a stand-in for it.
class StandInModulesTest {

  @TempDir private Path folder;

  @Test
  void aModuleRunsWithAStandInForTheLibraryThatItWasCompiledAgainst() throws Exception {
    Path library = compile("library", List.of(), LIBRARY);
    Path user = compile("user", List.of("-p", library.toString()), USER);
    var tool = new Tool(folder.resolve("log"));
    Path jar = folder.resolve("user.jar");
    tool.java("jar", List.of("--create", "--file", jar.toString(), "-C", user.toString(), "."));

    Path standIns = folder.resolve("stand-ins");
    StandInModules.write(jar, standIns, new TreeMap<>(Map.of("library", List.of("lib"))));

    ModuleFinder modules = ModuleFinder.of(jar, standIns.resolve("library"));
    ModuleLayer parent = ModuleLayer.boot();
    Configuration configuration =
        parent.configuration().resolve(modules, ModuleFinder.of(), Set.of("user"));
    ClassLoader classes =
        parent
            .defineModulesWithOneLoader(configuration, ClassLoader.getSystemClassLoader())
            .findLoader("user");
    Class<?> type = classes.loadClass("use.User");
    assertThat(type.getMethod("name").invoke(null)).isEqualTo("works");
    Class<?> error = classes.loadClass("lib.Broken");
    assertThat(error).isAssignableTo(Exception.class);
    assertThat(classes.loadClass("lib.Source").isInterface()).isTrue();
  }

  private static final Map<String, String> LIBRARY =
      Map.of(
          "module-info.java", "module library { exports lib; }",
          "lib/Source.java",
              "package lib; public interface Source { String read() throws Broken; }",
          "lib/Broken.java", "package lib; public class Broken extends Exception {}");

  private static final Map<String, String> USER =
      Map.of(
          "module-info.java", "module user { requires library; exports use; }",
          "use/User.java",
              """
              package use;
              public class User implements lib.Source {
                public String read() throws lib.Broken { return "read"; }
                public static String name() { return "works"; }
                String copy(lib.Source from) {
                  try { return from.read(); } catch (lib.Broken e) { return ""; }
                }
              }
              """);

  private Path compile(String name, List<String> options, Map<String, String> sources)
      throws IOException {
    Path source = folder.resolve(name + "-source");
    var arguments = new ArrayList<>(options);
    arguments.addAll(List.of("-proc:none", "-d", folder.resolve(name).toString()));
    for (var file : sources.entrySet()) {
      Path path = source.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
      arguments.add(path.toString());
    }
    new Tool(folder.resolve("log")).java("javac", arguments);
    return folder.resolve(name);
  }
}
