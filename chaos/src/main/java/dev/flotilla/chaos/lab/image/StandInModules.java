package dev.flotilla.chaos.lab.image;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.InterfaceMethodRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.jar.JarFile;

/// Writes modules of empty classes for exactly the names that a jar refers to. With them a module
/// loads although a library that it requires is not to be had; the feature that needs the library
/// then fails, and only that one.
final class StandInModules {
  private final SortedSet<String> names = new TreeSet<>();
  private final SortedSet<String> interfaces = new TreeSet<>();
  private final SortedSet<String> thrown = new TreeSet<>();

  private StandInModules() {}

  /// Writes, for each module in `packages`, a folder of that name below `target` with its
  /// descriptor and the classes that `jar` expects in it.
  ///
  /// @param packages module name → prefixes of the packages that belong to it; the longest prefix
  ///   wins
  static void write(Path jar, Path target, SortedMap<String, List<String>> packages)
      throws IOException {
    var seen = new StandInModules();
    try (var file = new JarFile(jar.toFile())) {
      for (var entry : file.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
        if (!entry.getName().startsWith("META-INF/")) {
          try (InputStream in = file.getInputStream(entry)) {
            seen.read(ClassFile.of().parse(in.readAllBytes()));
          }
        }
      }
    }
    for (String module : packages.keySet()) {
      seen.write(module, Files.createDirectories(target.resolve(module)), packages);
    }
  }

  private void read(ClassModel type) {
    for (PoolEntry entry : type.constantPool()) {
      switch (entry) {
        case ClassEntry name -> names.add(element(name.asInternalName()));
        case InterfaceMethodRefEntry method -> interfaces.add(method.owner().asInternalName());
        case Utf8Entry text -> descriptor(text.stringValue());
        default -> {}
      }
    }
    type.interfaces().forEach(name -> interfaces.add(name.asInternalName()));
    type.methods().forEach(this::read);
  }

  private void read(MethodModel method) {
    method
        .findAttribute(Attributes.exceptions())
        .ifPresent(all -> all.exceptions().forEach(name -> thrown.add(name.asInternalName())));
    method
        .findAttribute(Attributes.code())
        .ifPresent(code ->
            code.exceptionHandlers().stream()
                .flatMap(handler -> handler.catchType().stream())
                .forEach(name -> thrown.add(name.asInternalName())));
  }

  private void descriptor(String text) {
    for (String part : text.split("[;()<>\\[:+*-]+")) {
      if (part.startsWith("L")) {
        names.add(part.substring(1));
      }
    }
  }

  private static String element(String name) {
    return name.replaceAll("^\\[+L?|;$", "");
  }

  private void write(String module, Path folder, SortedMap<String, List<String>> packages)
      throws IOException {
    var exported = new TreeSet<String>();
    for (String name : names) {
      boolean nestedInNothing = name.contains("$") && !names.contains(name);
      if (!nestedInNothing && module.equals(owner(name, packages))) {
        exported.add(name.substring(0, name.lastIndexOf('/')));
        Path file = folder.resolve(name + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, empty(name));
      }
    }
    Files.write(folder.resolve("module-info.class"), module(module, exported));
  }

  private static String owner(String name, SortedMap<String, List<String>> packages) {
    String owner = "";
    int longest = 0;
    for (var module : packages.entrySet()) {
      for (String prefix : module.getValue()) {
        if (name.startsWith(prefix.replace('.', '/') + "/") && prefix.length() > longest) {
          owner = module.getKey();
          longest = prefix.length();
        }
      }
    }
    return owner;
  }

  private byte[] empty(String name) {
    if (interfaces.contains(name)) {
      return ClassFile.of()
          .build(
              ClassDesc.ofInternalName(name),
              type ->
                  type.withFlags(
                      ClassFile.ACC_PUBLIC | ClassFile.ACC_INTERFACE | ClassFile.ACC_ABSTRACT));
    }
    boolean error = thrown.contains(name) || name.endsWith("Exception");
    ClassDesc parent = error ? ClassDesc.of("java.lang.Exception") : ConstantDescs.CD_Object;
    return ClassFile.of()
        .build(
            ClassDesc.ofInternalName(name),
            type ->
                type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_SUPER)
                    .withSuperclass(parent)
                    .withMethodBody(
                        ConstantDescs.INIT_NAME,
                        ConstantDescs.MTD_void,
                        ClassFile.ACC_PUBLIC,
                        code ->
                            code.aload(0)
                                .invokespecial(
                                    parent, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                                .return_()));
  }

  private static byte[] module(String name, SortedSet<String> exported) {
    return ClassFile.of()
        .buildModule(
            ModuleAttribute.of(
                ModuleDesc.of(name),
                module -> {
                  module.moduleFlags(ClassFile.ACC_OPEN);
                  module.requires(ModuleDesc.of("java.base"), ClassFile.ACC_MANDATED, null);
                  exported.forEach(p -> module.exports(PackageDesc.ofInternalName(p), 0));
                }));
  }
}
