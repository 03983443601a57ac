package dev.flotilla.operator.engine.elasticsearch;

import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort.Access;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// One member, and how to ask it: with what, for how long, on whose behalf.
///
/// @param errand goes with every request; empty if nobody needs to know
/// @param patience with this member
/// @param whole patience, with all members together
record Caller(
    SharedClient client,
    StopSignal stop,
    Access access,
    MemberName member,
    String errand,
    Patience patience,
    Patience whole) {

  /// The same errand, taken to another member.
  Caller at(MemberName other, Patience share) {
    return new Caller(client, stop, access, other, errand, share, whole);
  }

  /// The same, at the member of a name, if that has an address.
  Optional<Caller> at(String name) {
    return access.addresses().keySet().stream()
        .filter(other -> other.value().equals(name))
        .findFirst()
        .map(other -> at(other, patience));
  }

  /// The same without a thought of other members: for what must not be begun twice.
  Caller patient() {
    return new Caller(client, stop, access, member, errand, whole, whole);
  }

  /// The same for so long at most.
  Caller patient(Duration most) {
    var limited = whole.left().compareTo(most) < 0 ? whole : Patience.of(most);
    return new Caller(client, stop, access, member, errand, limited, whole);
  }

  /// What the member says at a path.
  ///
  /// @param parser of the body of a 200
  <T> Reading<T> read(String path, int maxBytes, Function<byte[], Reading<T>> parser) {
    return switch (ask(SharedClient.Call.get(path, errand), maxBytes)) {
      case SharedClient.Answer.None(var why) -> new Reading.Unknown<>(why);
      case SharedClient.Answer.Refused(var status) -> new Reading.Unknown<>(refusal(status));
      case SharedClient.Answer.Content(var body) -> parser.apply(body);
    };
  }

  /// Sends something, once.
  SharedClient.Answer send(String method, String path, String json, int maxBytes) {
    return ask(new SharedClient.Call(method, path, json, errand), maxBytes);
  }

  private SharedClient.Answer ask(SharedClient.Call call, int maxBytes) {
    var password = access.tenant().files().getOrDefault(TenantFiles.OPERATOR_PASSWORD, "");
    var host = HostNames.of(access.cluster(), member);
    return client.ask(stop, new SharedClient.Question(host, call, password, maxBytes), patience);
  }

  /// One clause about the member.
  ///
  /// @param status any but 200
  static String refusal(int status) {
    return switch (status) {
      case 401 -> "does not accept the operator's log-in (401)";
      case 403 -> "does not let the operator's log-in read its state (403)";
      case 503 -> "sees no elected voter (503)";
      default -> "answered %d when asked how it is".formatted(status);
    };
  }
}
