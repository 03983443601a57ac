package dev.flotilla.operator.shell;

import dev.flotilla.operator.core.view.Drainage;
import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Evacuation;
import dev.flotilla.operator.core.view.Explained;
import dev.flotilla.operator.core.view.Feasibility;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.Errand;
import dev.flotilla.operator.port.Scheduler;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// Keeps the last report of every tenant's engine, so that a pass never waits for an engine.
///
/// While there is work it asks every two seconds, otherwise every five minutes; what is to be known
/// of a drain all of a sudden is asked at once. An engine that hangs costs its own tenant one
/// virtual thread for at most ten seconds and nobody else anything; at most 256 are asked at once,
/// and one that finds no place waits for its next turn.
///
/// Source: docs/requirements.md, "one tenant never waits for another".
public final class EngineWatch {

  private static final int MAX_AT_ONCE = 256;
  private static final Duration BUSY = Duration.ofSeconds(2);
  private static final Duration IDLE = Duration.ofMinutes(5);

  private static final String NOT_ASKED = "it has not been asked yet";
  private static final String NOT_ASKED_SINCE = "it has not been asked since a mark went";
  private static final String NOBODY_LEAVES = "nobody is to leave";

  /// How long it stands where what is to leave may go: it costs the engine a request for each copy.
  private static final Duration EXPLAINED = Duration.ofSeconds(20);

  /// A report older than this many turns says nothing any more.
  private static final int TURNS_TO_LIVE = 5;

  private final EnginePort engine;
  private final Scheduler scheduler;
  private final InstantSource clock;
  private final Function<ClusterRef, Optional<EnginePort.Access>> access;
  private final Consumer<ClusterRef> changed;
  private final Semaphore places = new Semaphore(MAX_AT_ONCE);
  private final ConcurrentMap<ClusterRef, Tenant> tenants = new ConcurrentHashMap<>();

  /// What an engine is asked about drains beside its report.
  ///
  /// @param depth how much it is asked
  /// @param leaving members whose data is to move away
  /// @param epoch of the operator that asks
  record Question(Depth depth, SortedSet<MemberName> leaving, Epoch epoch) {
    Question {
      leaving = Collections.unmodifiableSortedSet(new TreeSet<>(leaving));
    }
  }

  /// How much an engine is asked about drains.
  enum Depth {
    /// What it keeps data off, and nothing else: nobody leaves.
    MARKS,

    /// Also what members hold, and where that may go.
    ALL
  }

  /// What an engine answered.
  private record Answers(Reading<EngineReport> report, Drainage drainage) {
    static Answers none(String why) {
      return new Answers(new Reading.Unknown<>(why), Drainage.unknown(why));
    }

    /// The same without a mark that has gone since. Everything else was said of a marked member,
    /// and is asked anew.
    Answers without(DrainRecord drain) {
      return drainage.marks() instanceof Reading.Known<EngineMarks>(var marks, var at)
          ? new Answers(
              report,
              Drainage.ofMarks(new Reading.Known<>(marks.without(drain), at), NOT_ASKED_SINCE))
          : this;
    }

    /// The same for another question. What members held is forgotten where nobody was to leave: it
    /// was not followed from then on.
    Answers to(Optional<Question> question) {
      if (question.isEmpty()) {
        return new Answers(report, Drainage.unknown(NOT_ASKED));
      }
      return question.get().depth() == Depth.MARKS
          ? new Answers(report, Drainage.ofMarks(drainage.marks(), NOBODY_LEAVES))
          : this;
    }
  }

  /// One watched tenant. Immutable, so that a turn that was overtaken notices it by identity.
  private record Tenant(
      Answers answers,
      Duration every,
      Optional<Question> question,
      StopSignal stop,
      StopSignal.Registration turn) {}

  /// @param access how to reach a tenant's engine now; empty if it has no log-ins or addresses yet
  /// @param changed told when an engine's report says something new
  public EngineWatch(
      EnginePort engine,
      Scheduler scheduler,
      InstantSource clock,
      Function<ClusterRef, Optional<EnginePort.Access>> access,
      Consumer<ClusterRef> changed) {
    this.engine = engine;
    this.scheduler = scheduler;
    this.clock = clock;
    this.access = access;
    this.changed = changed;
  }

  /// The last report, or why there is none that can still be believed.
  Reading<EngineReport> reading(ClusterRef cluster) {
    var tenant = tenants.get(cluster);
    return tenant == null
        ? new Reading.Unknown<>(NOT_ASKED)
        : believed(tenant, tenant.answers().report());
  }

  /// What was said about drains, as far as it was asked and can still be believed.
  Drainage drainage(ClusterRef cluster) {
    var tenant = tenants.get(cluster);
    if (tenant == null || tenant.question().isEmpty()) {
      return Drainage.unknown(NOT_ASKED);
    }
    var last = tenant.answers().drainage();
    return new Drainage(
        believed(tenant, last.marks()),
        believed(tenant, last.now()),
        believed(tenant, last.before()),
        believed(tenant, EXPLAINED, last.feasibility()),
        last.still(),
        last.paces());
  }

  private <T> Reading<T> believed(Tenant tenant, Reading<T> reading) {
    return believed(tenant, Duration.ZERO, reading);
  }

  /// @param stands for how long it is not asked for anew
  private <T> Reading<T> believed(Tenant tenant, Duration stands, Reading<T> reading) {
    if (reading instanceof Reading.Known<T>(var value, var at)) {
      var age = Duration.between(at, clock.instant());
      var life = stands.plus(tenant.every().multipliedBy(TURNS_TO_LIVE));
      if (age.compareTo(life) > 0) {
        return new Reading.Unknown<>("its last answer is %d s old".formatted(age.toSeconds()));
      }
    }
    return reading;
  }

  /// Asks often or seldom from now on; the first call for a tenant asks at once.
  ///
  /// @param busy whether something is going on that the engine's answer moves forward
  /// @param question what else it is asked; empty where members are not emptied
  void follow(ClusterRef cluster, boolean busy, Optional<Question> question) {
    var every = busy ? BUSY : IDLE;
    var tenant = tenants.get(cluster);
    if (tenant == null) {
      start(cluster, Answers.none(NOT_ASKED), every, question, Duration.ZERO);
    } else if (tenant.every().compareTo(every) > 0 || isDeeper(question, tenant.question())) {
      tenant.turn().close();
      start(cluster, tenant.answers(), every, question, Duration.ZERO);
    } else if (!tenant.every().equals(every)) {
      tenant.turn().close();
      start(cluster, tenant.answers(), every, question, every);
    } else if (!tenant.question().equals(question)) {
      tenants.computeIfPresent(
          cluster,
          (key, now) ->
              new Tenant(
                  now.answers().to(question), now.every(), question, now.stop(), now.turn()));
    }
  }

  /// A mark was taken away, and the engine has said so: what it answered before is not news.
  void released(ClusterRef cluster, DrainRecord drain) {
    tenants.computeIfPresent(
        cluster,
        (key, now) ->
            new Tenant(
                now.answers().without(drain), now.every(), now.question(), now.stop(), now.turn()));
  }

  /// Whether more is to be asked than before.
  private static boolean isDeeper(Optional<Question> question, Optional<Question> before) {
    return question.isPresent()
        && (before.isEmpty()
            || (question.get().depth() == Depth.ALL && before.get().depth() == Depth.MARKS));
  }

  /// Stops asking, also in mid-request.
  void drop(ClusterRef cluster) {
    var tenant = tenants.remove(cluster);
    if (tenant != null) {
      tenant.turn().close();
      tenant.stop().stop("nobody asks for it any more");
    }
  }

  /// Stops asking for everybody: this operator does not act any more.
  void dropAll() {
    tenants.keySet().forEach(this::drop);
  }

  private void start(
      ClusterRef cluster,
      Answers last,
      Duration every,
      Optional<Question> question,
      Duration delay) {
    var stop = new StopSignal();
    tenants.compute(
        cluster,
        (key, before) ->
            new Tenant(
                last.to(question),
                every,
                question,
                stop,
                scheduler.after(delay, () -> ask(key, stop))));
  }

  private void ask(ClusterRef cluster, StopSignal stop) {
    // Not a plain get: a turn may begin before its registration is back and written down; this
    // waits for that, or the first turn would find nobody and be the last.
    var tenant = tenants.computeIfPresent(cluster, (key, current) -> current);
    if (tenant == null || tenant.stop() != stop) {
      return; // dropped or replaced since this turn was planned
    }
    var answers = askOnce(cluster, tenant, stop);
    boolean news = !says(answers).equals(says(tenant.answers()));
    tenants.computeIfPresent(
        cluster,
        (key, current) ->
            current.stop() == stop
                ? new Tenant(
                    answers.to(current.question()),
                    current.every(),
                    current.question(),
                    stop,
                    scheduler.after(jittered(cluster, current.every()), () -> ask(key, stop)))
                : current);
    if (news) {
      changed.accept(cluster);
    }
  }

  private Answers askOnce(ClusterRef cluster, Tenant tenant, StopSignal stop) {
    var how = access.apply(cluster);
    if (how.isEmpty()) {
      return Answers.none("none of its members has an address yet");
    }
    if (!places.tryAcquire()) {
      return Answers.none("%d other engines are being asked".formatted(MAX_AT_ONCE));
    }
    try {
      var report = engine.observe(stop, how.get());
      var last = tenant.answers().drainage();
      return new Answers(
          report,
          tenant
              .question()
              .map(question -> ask(stop, how.get(), question, last))
              .orElseGet(() -> Drainage.unknown(NOT_ASKED)));
    } finally {
      places.release();
    }
  }

  /// The marks come first: what is empty after them was not filled before them.
  private Drainage ask(StopSignal stop, EnginePort.Access how, Question question, Drainage last) {
    var errand = new Errand("drains", "observe", question.epoch());
    var marks = engine.listMarks(stop, how, errand);
    if (question.depth() == Depth.MARKS) {
      return Drainage.ofMarks(marks, NOBODY_LEAVES);
    }
    var left = engine.evacuation(stop, how, errand, question.leaving());
    Reading<Feasibility> feasibility =
        switch (left) {
          case Reading.Unknown<Evacuation>(var why) -> new Reading.Unknown<>(why);
          case Reading.Known<Evacuation>(var evacuation, var at)
              when stands(last.feasibility(), question.leaving()) ->
              last.feasibility();
          case Reading.Known<Evacuation>(var evacuation, var at) ->
              feasibility(stop, how, errand, question.leaving(), evacuation);
        };
    return last.next(question.leaving(), marks, left, feasibility);
  }

  /// Whether what was said of these is young enough not to be asked for again.
  private boolean stands(Reading<Feasibility> last, SortedSet<MemberName> leaving) {
    return !leaving.isEmpty()
        && last instanceof Reading.Known<Feasibility>(var said, var at)
        && said.leaving().equals(leaving)
        && Duration.between(at, clock.instant()).compareTo(EXPLAINED) < 0;
  }

  /// Copies that are nowhere come first: there are few, and each of them decides.
  private Reading<Feasibility> feasibility(
      StopSignal stop,
      EnginePort.Access how,
      Errand errand,
      SortedSet<MemberName> leaving,
      Evacuation evacuation) {
    var copies =
        Stream.concat(evacuation.unassigned().stream(), evacuation.left().stream()).toList();
    return switch (engine.explain(stop, how, errand, copies, leaving)) {
      case Reading.Unknown<List<Explained>>(var why) -> new Reading.Unknown<>(why);
      case Reading.Known<List<Explained>>(var explained, var at) ->
          new Reading.Known<>(new Feasibility(leaving, copies.size(), explained), at);
    };
  }

  /// What answers say, without their moments.
  private static List<Object> says(Answers answers) {
    return List.of(
        says(answers.report()),
        says(answers.drainage().marks()),
        says(answers.drainage().now()),
        answers.drainage().stalled(),
        says(answers.drainage().feasibility()));
  }

  private static <T> Object says(Reading<T> reading) {
    return switch (reading) {
      case Reading.Known<T>(var value, var at) -> value;
      case Reading.Unknown<T>(var why) -> why;
    };
  }

  /// Spreads the idle turns of many tenants over time: up to a tenth later, by name, so that it
  /// needs no randomness.
  private static Duration jittered(ClusterRef cluster, Duration every) {
    long tenth = every.toMillis() / 10;
    return every.plusMillis(Math.floorMod(cluster.hashCode(), tenth + 1));
  }
}
