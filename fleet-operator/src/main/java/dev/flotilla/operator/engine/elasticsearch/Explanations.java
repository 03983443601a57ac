package dev.flotilla.operator.engine.elasticsearch;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.operator.core.view.Evacuation.Copy;
import dev.flotilla.operator.core.view.Explained;
import dev.flotilla.operator.core.view.Explained.Answer;
import dev.flotilla.operator.core.view.Explained.Objection;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.topology.model.MemberName;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Asks the engine's own allocator, one copy at a time, where it would let it go.
///
/// Of its answer only what it says of each member counts. Its summaries do not: before the mark is
/// set the one on moving is missing and the one on rebalancing says no in every case, and while it
/// is set the one on moving says no also when a member is only busy.
record Explanations(InstantSource clock) {

  /// What a thousand members say of one copy.
  private static final int MAX_BYTES = 1024 * 1024;

  private static final int MAX_WORDS = 400;

  private static final String PATH =
      "/_cluster/allocation/explain?master_timeout=2s&filter_path=current_state,can_allocate"
          + ",allocate_explanation,node_allocation_decisions.node_name"
          + ",node_allocation_decisions.node_decision,node_allocation_decisions.deciders";

  /// @return Unknown if nothing was learnt and another member may be asked
  Reading<List<Explained>> explain(Caller caller, List<Copy> copies, Set<MemberName> leaving) {
    var readAt = clock.instant();
    var names = leaving.stream().map(MemberName::value).collect(Collectors.toSet());
    var learnt = new ArrayList<Explained>();
    for (var copy : copies.stream().limit(EnginePort.MAX_EXPLAINED).toList()) {
      switch (explain(caller, copy, names)) {
        case Reading.Known<Explained>(var explained, var at) -> learnt.add(explained);
        case Reading.Unknown<Explained>(var why) -> {
          return learnt.isEmpty()
              ? new Reading.Unknown<>(why)
              : new Reading.Known<>(learnt, readAt);
        }
      }
    }
    return new Reading.Known<>(learnt, readAt);
  }

  private Reading<Explained> explain(Caller caller, Copy copy, Set<String> leaving) {
    return switch (caller.send("POST", PATH, request(copy), MAX_BYTES)) {
      case SharedClient.Answer.None(var why) -> new Reading.Unknown<>(why);
      // No such copy at that member, or no such index.
      case SharedClient.Answer.Refused(var status) when status == 400 || status == 404 ->
          new Reading.Known<>(new Explained(copy, Answer.MOVED, List.of()), clock.instant());
      case SharedClient.Answer.Refused(var status) -> new Reading.Unknown<>(Caller.refusal(status));
      case SharedClient.Answer.Content(var body) -> parse(body, copy, leaving);
    };
  }

  private static String request(Copy copy) {
    var out = new StringWriter();
    try (JsonGenerator json = Json.generator(out)) {
      json.writeStartObject();
      json.writeStringField("index", copy.index());
      json.writeNumberField("shard", copy.shard());
      json.writeBooleanField("primary", copy.primary());
      if (copy.at().isPresent()) {
        json.writeStringField("current_node", copy.at().orElseThrow());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string takes everything", e);
    }
    return out.toString();
  }

  /// @param leaving names of members that may not take it
  Reading<Explained> parse(byte[] body, Copy copy, Set<String> leaving) {
    try {
      var tree = Json.tree(body);
      Json.require(tree.path("current_state").isTextual());
      return new Reading.Known<>(explained(tree, copy, leaving), clock.instant());
    } catch (IOException e) {
      return new Reading.Unknown<>("answered something that explains nothing");
    }
  }

  private static Explained explained(JsonNode tree, Copy copy, Set<String> leaving)
      throws IOException {
    var answer = Answer.STAYS;
    Map<String, Objection> objections = new TreeMap<>();
    for (var member : tree.path("node_allocation_decisions")) {
      if (!leaving.contains(Json.text(member.path("node_name")))) {
        var one = answer(member);
        answer = one.compareTo(answer) < 0 ? one : answer;
        note(member, objections);
      }
    }
    if (tree.path("can_allocate").asText().equals("allocation_delayed")) {
      answer = Answer.WAITS;
    }
    var said = tree.path("allocate_explanation");
    if (answer == Answer.STAYS && objections.isEmpty() && said.isTextual()) {
      var decision = tree.path("can_allocate").asText("no");
      objections.put(decision, new Objection(decision, shown(said.asText()), 0));
    }
    return new Explained(
        copy,
        answer,
        answer == Answer.CAN_GO
            ? List.of()
            : objections.values().stream()
                .sorted(Comparator.comparingInt(Objection::members).reversed())
                .toList());
  }

  /// What one member says. A word that is not known is not taken for a yes.
  private static Answer answer(JsonNode member) {
    for (var decider : member.path("deciders")) {
      if (decider.path("decision").asText().equals("NO")) {
        return Answer.STAYS;
      }
    }
    return switch (member.path("node_decision").asText()) {
      case "yes", "worse_balance", "not_preferred" -> Answer.CAN_GO;
      case "no" -> member.path("deciders").isEmpty() ? Answer.STAYS : Answer.WAITS;
      case "throttled", "awaiting_info" -> Answer.WAITS;
      default -> Answer.STAYS;
    };
  }

  private static void note(JsonNode member, Map<String, Objection> objections) throws IOException {
    for (var decider : member.path("deciders")) {
      var decision = decider.path("decision").asText();
      if (decision.equals("NO") || decision.equals("THROTTLE")) {
        var name = Json.text(decider.path("decider"));
        var first = new Objection(name, shown(decider.path("explanation").asText()), 1);
        objections.merge(
            name,
            first,
            (before, again) ->
                new Objection(before.decider(), before.words(), before.members() + 1));
      }
    }
  }

  /// The engine's words on one line, not longer than people read.
  private static String shown(String words) {
    var line = words.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= MAX_WORDS ? line : line.substring(0, MAX_WORDS) + "…";
  }
}
