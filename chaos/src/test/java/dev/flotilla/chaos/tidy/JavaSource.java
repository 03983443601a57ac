package dev.flotilla.chaos.tidy;

import static java.util.stream.Collectors.toMap;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import dev.flotilla.chaos.tidy.Project.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import javax.lang.model.element.Modifier;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// One Java file as the compiler's parser sees it: what is too long, too wide, misnamed or banned.
final class JavaSource {

  static final int METHOD_LINES = 70;
  static final int PARAMETERS = 6;

  /// Collaborators are wired by hand, in one place and each by its own type: a few more do no harm.
  static final int CONSTRUCTOR_PARAMETERS = 8;

  private static final int LINE_LENGTH = 100;

  /// A sentence for people stands whole on its line, so that a search for what was printed finds
  /// it.
  private static final Pattern SENTENCE = Pattern.compile("\\s*(return )?\"[^\"]*\"[,;)]*");

  /// Words that say nothing about a type, wherever they stand in its name.
  private static final Pattern EMPTY_WORD =
      Pattern.compile(".*(Manager|Helper|Utils?|Processor|Impl)(?![a-z]).*");

  /// Words that say nothing when a name ends in them; `DataMissing` is about data, `MemberData` is
  /// not.
  private static final Pattern EMPTY_ENDING = Pattern.compile(".+(Data|Info)");

  private final TextFile file;
  private final CompilationUnitTree unit;
  private final DocTrees trees;
  private final List<String> complaints = new ArrayList<>();
  private final SortedSet<String> tags = new TreeSet<>();
  private final Set<Long> inTextBlocks = new HashSet<>();

  private JavaSource(TextFile file, CompilationUnitTree unit, DocTrees trees) {
    this.file = file;
    this.unit = unit;
    this.trees = trees;
    new Reader().scan(unit, null);
    measureLines();
  }

  /// Parses files in one go of the compiler, in their order.
  static List<JavaSource> parse(List<TextFile> files) {
    var task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(
                    null, null, problem -> {}, null, null, files.stream().map(Input::new).toList());
    var byUri = files.stream().collect(toMap(Input::uri, file -> file));
    var trees = DocTrees.instance(task);
    var sources = new ArrayList<JavaSource>();
    try {
      for (var unit : task.parse()) {
        sources.add(new JavaSource(byUri.get(unit.getSourceFile().toUri()), unit, trees));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot parse the sources", e);
    }
    return List.copyOf(sources);
  }

  /// A file that was read already, as the compiler wants it.
  private static final class Input extends SimpleJavaFileObject {
    private final TextFile file;

    private Input(TextFile file) {
      super(uri(file), Kind.SOURCE);
      this.file = file;
    }

    private static URI uri(TextFile file) {
      return URI.create("string:///" + file.path());
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return file.text();
    }
  }

  TextFile file() {
    return file;
  }

  /// What is wrong with it, each as one line with the place.
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /// The literal tags of its tests.
  SortedSet<String> tags() {
    return new TreeSet<>(tags);
  }

  /// How many types it has at the top level.
  int topLevelTypes() {
    return (int) unit.getTypeDecls().stream().filter(ClassTree.class::isInstance).count();
  }

  /// What a text block shows, such as the output of a command, is as wide as the original.
  private void measureLines() {
    long number = 0;
    for (var line : file.lines().toList()) {
      number++;
      if (line.length() > LINE_LENGTH
          && !inTextBlocks.contains(number)
          && !line.startsWith("import ")
          && !line.contains("https://")
          && !SENTENCE.matcher(line).matches()) {
        complaints.add(file.path() + ":" + number + ": longer than " + LINE_LENGTH + " columns");
      }
    }
  }

  private long line(long position) {
    return unit.getLineMap().getLineNumber(position);
  }

  private void complain(Tree where, String what) {
    var line = line(trees.getSourcePositions().getStartPosition(unit, where));
    complaints.add(file.path() + ":" + line + ": " + what);
  }

  private final class Reader extends TreePathScanner<Void, Void> {

    @Override
    public Void visitClass(ClassTree type, Void none) {
      var name = type.getSimpleName().toString();
      if (EMPTY_WORD.matcher(name).matches() || EMPTY_ENDING.matcher(name).matches()) {
        complain(type, "the name " + name + " says nothing: call it by what it does");
      }
      if (file.isMain() && isTopLevel() && !hasComment(getCurrentPath())) {
        complain(type, name + " has no first sentence that says what it is");
      }
      return super.visitClass(type, none);
    }

    @Override
    public Void visitMethod(MethodTree method, Void none) {
      var positions = trees.getSourcePositions();
      var lines =
          line(positions.getEndPosition(unit, method))
              - line(positions.getStartPosition(unit, method))
              + 1;
      if (lines > METHOD_LINES) {
        complain(method, "%s has %d lines".formatted(method.getName(), lines));
      }
      // The components of a record are its data, not a call that somebody has to get right by
      // order.
      var limit = method.getReturnType() == null ? CONSTRUCTOR_PARAMETERS : PARAMETERS;
      if (method.getParameters().size() > limit && !isRecordConstructor(method)) {
        complain(
            method,
            "%s has %d parameters".formatted(method.getName(), method.getParameters().size()));
      }
      if (method.getModifiers().getFlags().contains(Modifier.SYNCHRONIZED)) {
        complain(method, "synchronized: a ReentrantLock says what it guards");
      }
      return super.visitMethod(method, none);
    }

    @Override
    public Void visitSynchronized(SynchronizedTree block, Void none) {
      complain(block, "synchronized: a ReentrantLock says what it guards");
      return super.visitSynchronized(block, none);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
      var callee = call.getMethodSelect().toString();
      if (callee.endsWith("Thread.sleep") || callee.matches("(.*\\.)?TimeUnit\\.[A-Z]+\\.sleep")) {
        complain(call, "sleeps instead of waiting for something");
      }
      if (file.path().startsWith("fleet-operator/")
          && callee.endsWith(".addKeyValue")
          && call.getArguments().getFirst() instanceof LiteralTree) {
        complain(call, "a log key that LogKeys does not list");
      }
      return super.visitMethodInvocation(call, none);
    }

    @Override
    public Void visitLiteral(LiteralTree literal, Void none) {
      var positions = trees.getSourcePositions();
      var first = line(positions.getStartPosition(unit, literal));
      var last = line(positions.getEndPosition(unit, literal));
      if (last > first) {
        LongStream.rangeClosed(first, last).forEach(inTextBlocks::add);
      }
      return super.visitLiteral(literal, none);
    }

    @Override
    public Void visitNewClass(NewClassTree creation, Void none) {
      if (creation.getIdentifier().toString().endsWith("UnsupportedOperationException")) {
        complain(creation, "pretends: leave out what is not there");
      }
      return super.visitNewClass(creation, none);
    }

    @Override
    public Void visitAnnotation(AnnotationTree annotation, Void none) {
      var name = annotation.getAnnotationType().toString();
      if (name.endsWith("Disabled")) {
        complain(annotation, "a test that is switched off proves nothing");
      }
      if (name.equals("Tag")) {
        literal(annotation).ifPresent(tags::add);
      }
      return super.visitAnnotation(annotation, none);
    }

    private Optional<String> literal(AnnotationTree annotation) {
      var text = annotation.getArguments().toString();
      var quoted = Pattern.compile("\"([^\"]+)\"").matcher(text);
      return quoted.find() ? Optional.of(quoted.group(1)) : Optional.empty();
    }

    private boolean isTopLevel() {
      return getCurrentPath().getParentPath().getLeaf() instanceof CompilationUnitTree;
    }

    private boolean hasComment(TreePath path) {
      return trees.getDocCommentTree(path) != null;
    }

    private boolean isRecordConstructor(MethodTree method) {
      return method.getReturnType() == null
          && getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
    }
  }
}
