package dev.flotilla.operator.engine.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.ReentrantLock;

/// The settings of a database as its members tell and take them; all else is in order.
final class FakeSettings implements FakeMember.Conduct {

  static final String UUID = "u";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ReentrantLock lock = new ReentrantLock();
  private final ObjectNode settings;
  private int version = 1;

  /// Begins with these.
  FakeSettings(String settings) {
    this.settings = tree(settings);
  }

  /// All of them, as `GET _cluster/settings?flat_settings=true` tells them.
  String told() {
    lock.lock();
    try {
      return settings.toString();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void answer(FakeMember.Request request, OutputStream out) throws Exception {
    FakeMember.send(out, 200, "", answer(request));
  }

  private String answer(FakeMember.Request request) {
    if (request.path().startsWith("/_cluster/health?")) {
      return OnLoopback.HEALTH;
    }
    if (request.path().startsWith("/_cluster/state/")) {
      return """
      {"cluster_uuid": "%s", "version": %d, "master_node": "i",
       "metadata": {"cluster_coordination": {"term": 7}}}
      """
          .formatted(UUID, version);
    }
    if (!request.path().startsWith("/_cluster/settings?flat_settings=true")) {
      throw new AssertionError("nobody asks for " + request);
    }
    return request.method().equals("PUT") ? put(request.body()) : told();
  }

  String put(String body) {
    lock.lock();
    try {
      for (var scope : tree(body).properties()) {
        var there = (ObjectNode) settings.get(scope.getKey());
        for (var setting : scope.getValue().properties()) {
          put(there, setting.getKey(), setting.getValue());
        }
      }
      version++;
      return "{\"acknowledged\":true}";
    } finally {
      lock.unlock();
    }
  }

  private static void put(ObjectNode scope, String name, JsonNode value) {
    if (value.isNull()) {
      scope.remove(name);
    } else {
      scope.set(name, value);
    }
  }

  private static ObjectNode tree(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
