package dev.flotilla.operator.cli.call;

import dev.flotilla.operator.cli.output.Answer;
import dev.flotilla.operator.cli.output.Exit;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/// A command that asks something and prints the answer. Those that extend it say what the answer
/// is; how it is printed, and what a failure means, is the same for all.
public abstract class Verb implements Callable<Integer>, Ends {

  private final Surroundings surroundings;

  @Mixin private CommonOptions options = new CommonOptions();

  /// @param surroundings of the process
  protected Verb(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public List<Exit> exits() {
    return Exit.OF_LOOKING;
  }

  /// What the command has to say.
  protected abstract Answer answer(Session session, CommonOptions common);

  @Override
  public final Integer call() {
    try (var session = new Session(surroundings, options)) {
      return session
          .console()
          .print(ask(session), options.form(), session.program(), session.now());
    }
  }

  private Answer ask(Session session) {
    try {
      return answer(session, options);
    } catch (CallFailure e) {
      return Answer.failed(e.exit(), e.problem());
    } catch (KubernetesClientException e) {
      if (options.verbose()) {
        e.printStackTrace(session.console().err());
      }
      return Refusals.of(e, session.kube().getMasterUrl().toString());
    }
  }
}
