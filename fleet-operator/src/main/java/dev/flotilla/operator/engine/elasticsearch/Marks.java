package dev.flotilla.operator.engine.elasticsearch;

import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.MarkOrder;
import dev.flotilla.operator.port.MarkResult;
import dev.flotilla.topology.model.MemberName;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Reads and changes what keeps shards off members, at one member at a time.
///
/// Elasticsearch can neither compare before it sets nor forget a write that it has taken in: the
/// list is read directly before it is written, written once, and read again; and a write says for
/// how long it may wait for a voter, which is less long than it is waited for here. One that a
/// stopped voter has taken in may still come later. So what is to be absent is written even if it
/// is: the voter answers that after whatever it has taken in before, and
/// [MarkResult.Held#acknowledged] says so.
record Marks(InstantSource clock) {

  private static final int MAX_SETTINGS_BYTES = 1024 * 1024;

  /// Never filtered: a filter takes dots for levels, and what it drops looks like no setting.
  private static final String SETTINGS = "/_cluster/settings?flat_settings=true";

  private static final String WRITE =
      "/_cluster/settings?flat_settings=true&master_timeout=3s&timeout=3s";

  /// What was read in one go.
  private record Look(ExcludeSettings settings, EngineMarks marks, Instant readAt) {}

  Reading<EngineMarks> list(Caller caller) {
    return look(caller).then(look -> new Reading.Known<>(look.marks(), look.readAt()));
  }

  private Reading<Look> look(Caller caller) {
    var readAt = clock.instant();
    return StateHead.read(caller)
        .then(evidence ->
            caller
                .read(SETTINGS, MAX_SETTINGS_BYTES, ExcludeSettings::parse)
                .then(settings ->
                    new Reading.Known<>(
                        new Look(settings, settings.marks(evidence), readAt), readAt)));
  }

  /// @return Unknown if nothing was sent and another member may be asked
  Reading<MarkResult> sync(Caller caller, MarkOrder order) {
    return look(caller).then(look -> new Reading.Known<>(sync(caller, order, look), look.readAt()));
  }

  private MarkResult sync(Caller caller, MarkOrder order, Look look) {
    if (!order.present().isEmpty() && look.marks().hidden().isPresent()) {
      return new MarkResult.Refused(look.marks().hidden().orElseThrow());
    }
    var ordered = look.settings().ordered(order);
    if (ordered.isIn(look.settings()) && !order.takesAway()) {
      return new MarkResult.Held(look.marks(), false, look.readAt());
    }
    return caller.stop().isStopped()
        ? new MarkResult.Refused("asking it was stopped")
        : write(caller.patient(), order, ordered);
  }

  private MarkResult write(Caller caller, MarkOrder order, ExcludeSettings ordered) {
    var answer = caller.send("PUT", WRITE, ordered.request(), MAX_SETTINGS_BYTES);
    return switch (answer) {
      case SharedClient.Answer.None(var why) ->
          new MarkResult.Unconfirmed(caller.member() + " " + why);
      case SharedClient.Answer.Refused(var status) -> refused(caller.member(), status);
      case SharedClient.Answer.Content(var body) ->
          switch (look(caller)) {
            case Reading.Unknown<Look>(var why) ->
                new MarkResult.Unconfirmed(caller.member() + " " + why);
            case Reading.Known<Look>(var after, var readAt) ->
                objection(order, after)
                    .<MarkResult>map(MarkResult.Unconfirmed::new)
                    .orElseGet(
                        () -> new MarkResult.Held(after.marks(), acknowledged(body), readAt));
          };
    };
  }

  /// What the engine answers when it did not do it; anything else may have come too late only.
  private static MarkResult refused(MemberName member, int status) {
    return switch (status) {
      case 400, 401, 403, 404, 405, 413 ->
          new MarkResult.Refused(
              "%s does not let its settings be changed (%d)".formatted(member, status));
      default ->
          new MarkResult.Unconfirmed(
              "%s answered %d when its settings were changed".formatted(member, status));
    };
  }

  private static Optional<String> objection(MarkOrder order, Look after) {
    var marks = after.marks();
    if (order.struck().filter(after.settings()::has).isPresent()) {
      return Optional.of("an entry that was taken away is still there");
    }
    if (!marks.of(order.present()).equals(order.present())) {
      return Optional.of("not every mark that was set is there");
    }
    if (!marks.of(order.absent()).isEmpty()) {
      return Optional.of("a mark that was taken away is still there");
    }
    return order.present().isEmpty() ? Optional.empty() : marks.hidden();
  }

  private static boolean acknowledged(byte[] body) {
    try {
      return Json.tree(body).path("acknowledged").asBoolean(false);
    } catch (IOException e) {
      return false;
    }
  }
}
