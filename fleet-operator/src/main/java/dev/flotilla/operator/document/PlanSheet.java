package dev.flotilla.operator.document;

import dev.flotilla.crds.condition.Attention;
import dev.flotilla.operator.core.plan.Forecast;
import dev.flotilla.operator.core.plan.Plan;
import dev.flotilla.operator.core.rule.Fingerprint;
import dev.flotilla.operator.core.step.Hold;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.Role;
import dev.flotilla.topology.model.MemberName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What will be done about one database now, what is held back, and what comes of it; every
/// printing of a plan shows this and nothing else.
///
/// Source: UX-4, UX-8 in docs/requirements.md.
///
/// @param id of the plan: the same as long as the same would be done and held
/// @param namespace of the database
/// @param name of the database
/// @param generation of the specification that was planned
/// @param revision of the records that the plan rests on
/// @param at the moment of the view that was planned
/// @param steps in the order in which they are taken, up to where somebody else has to move
/// @param held what is wanted and not done
/// @param after what there is when the steps are done
/// @param facts what the plan rests on, with their moments
/// @param unknown what could not be read
public record PlanSheet(
    String id,
    String namespace,
    String name,
    long generation,
    long revision,
    Instant at,
    List<PlannedStep> steps,
    List<Held> held,
    After after,
    List<Fact> facts,
    List<Gap> unknown) {

  private static final int ID_LENGTH = 8;

  public PlanSheet {
    steps = List.copyOf(steps);
    held = List.copyOf(held);
    facts = List.copyOf(facts);
    unknown = List.copyOf(unknown);
  }

  /// Something that is wanted and not done.
  ///
  /// @param by the gate or rule that holds it
  /// @param reason a stable word of docs/reference/reasons.md
  /// @param needsYou whether only a person can end it
  /// @param member the member concerned; empty if it is the database as a whole
  /// @param message fact and remedy
  public record Held(String by, String reason, boolean needsYou, String member, String message) {}

  /// The database when the steps are done.
  ///
  /// @param zones in the order of the specification
  /// @param members recorded
  /// @param voters among them
  /// @param starting members whose pod has yet to start or to join
  public record After(List<Zone> zones, int members, int voters, int starting) {
    public After {
      zones = List.copyOf(zones);
    }
  }

  /// How many members a zone has.
  public record Zone(String name, int members) {}

  /// Something that was read.
  ///
  /// @param of whom it was learnt from
  /// @param readAt when it was true
  public record Fact(String of, Instant readAt) {}

  /// Something that could not be read.
  ///
  /// @param of whom it should have been learnt from
  /// @param why one clause
  public record Gap(String of, String why) {}

  /// The sheet of a forecast.
  ///
  /// @param view what the forecast was made from
  public static PlanSheet of(ClusterView view, Forecast forecast) {
    var ref = view.ref();
    return new PlanSheet(
        id(forecast),
        ref.namespace(),
        ref.name(),
        view.identity().generation(),
        view.revision().value(),
        view.now(),
        StepSheets.of(view, forecast),
        forecast.holds().stream().map(PlanSheet::held).toList(),
        after(forecast.after()),
        facts(view),
        unknown(view));
  }

  /// Name with namespace, as commands take it.
  public String title() {
    return namespace + "/" + name;
  }

  /// Whether something is held that only a person can end.
  public boolean needsSomebody() {
    return held.stream().anyMatch(Held::needsYou);
  }

  private static String id(Forecast forecast) {
    var text =
        Stream.concat(
                forecast.steps().stream().map(Plan.Planned::print),
                forecast.holds().stream().map(Hold::toString))
            .collect(Collectors.joining("\n"));
    return Fingerprint.of(text).substring(0, ID_LENGTH);
  }

  private static Held held(Hold hold) {
    return new Held(
        hold.by(),
        hold.reason().id(),
        hold.reason().attention() == Attention.PROBLEM,
        hold.subject().map(MemberName::value).orElse(""),
        hold.message());
  }

  private static After after(ClusterView view) {
    var zones =
        view.spec().zones().stream()
            .map(zone ->
                new Zone(
                    zone.name(),
                    (int)
                        view.members().stream()
                            .filter(member -> member.zone().equals(zone))
                            .count()))
            .toList();
    return new After(
        zones,
        view.members().size(),
        (int) view.members().stream().filter(member -> isVoter(view, member)).count(),
        (int)
            view.members().stream()
                .filter(member -> !member.isReady() || !view.hasJoined(member))
                .count());
  }

  private static boolean isVoter(ClusterView view, MemberView member) {
    return view.spec().pool(member.pool()).filter(pool -> pool.has(Role.VOTER)).isPresent();
  }

  private static List<Fact> facts(ClusterView view) {
    var facts = new ArrayList<Fact>();
    note(facts, "Kubernetes", view.fresh());
    note(facts, "engine", view.engine());
    return facts;
  }

  private static <T> void note(List<Fact> facts, String of, Reading<T> reading) {
    if (reading instanceof Reading.Known<T>(var value, var at)) {
      facts.add(new Fact(of, at));
    }
  }

  private static List<Gap> unknown(ClusterView view) {
    var gaps = new ArrayList<Gap>();
    miss(gaps, "Kubernetes", view.fresh());
    miss(gaps, "tenant's Secret", view.tenant());
    miss(gaps, "engine", view.engine());
    miss(gaps, "FleetPolicy", view.fleet());
    return gaps;
  }

  private static <T> void miss(List<Gap> gaps, String of, Reading<T> reading) {
    if (reading instanceof Reading.Unknown<T>(var why)) {
      gaps.add(new Gap(of, why));
    }
  }
}
