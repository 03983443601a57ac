package dev.flotilla.lab.elasticsearch;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.management.ManagementFactory;
import java.security.ProtectionDomain;

/// Lets the server start where the machine allows a process fewer open files than the 65535 that
/// its bootstrap check demands and nobody may raise the limit: the check then demands what the
/// machine allows. All other bootstrap checks stay as they are, and so does this one on any other
/// machine.
final class OpenFilesCheck implements ClassFileTransformer {
  private static final String NAME =
      "org/elasticsearch/bootstrap/BootstrapChecks$FileDescriptorCheck";
  private static final int DEMANDED = 65535;

  private final int allowed;

  private OpenFilesCheck(int allowed) {
    this.allowed = allowed;
  }

  static void relax(Instrumentation instrumentation) {
    var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long allowed = system.getMaxFileDescriptorCount();
    if (allowed > 0 && allowed < DEMANDED) {
      System.err.println(
          "open files: this machine allows " + allowed + ", the server would demand " + DEMANDED);
      instrumentation.addTransformer(new OpenFilesCheck((int) allowed), false);
    }
  }

  @Override
  public byte[] transform(
      Module module,
      ClassLoader loader,
      String name,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] bytes) {
    if (!NAME.equals(name)) {
      return null;
    }
    CodeTransform lower =
        (code, element) -> {
          if (element instanceof ConstantInstruction constant
              && constant.constantValue().equals(DEMANDED)) {
            code.loadConstant(allowed);
          } else {
            code.with(element);
          }
        };
    ClassFile classes = ClassFile.of();
    return classes.transformClass(
        classes.parse(bytes),
        ClassTransform.transformingMethodBodies(
            (MethodModel method) -> method.methodName().equalsString("<init>"), lower));
  }
}
