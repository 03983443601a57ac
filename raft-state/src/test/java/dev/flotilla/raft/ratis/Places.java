package dev.flotilla.raft.ratis;

import dev.flotilla.topology.store.TopologyStore.Registration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// Where the voters of a group listen, on this machine, until they move.
final class Places implements PeerDirectory {

  private final Map<VoterId, InetSocketAddress> places = new ConcurrentSkipListMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /// Free ones.
  static Places free(List<VoterId> voters) {
    var places = new Places();
    var held = new ArrayList<ServerSocket>();
    try {
      for (VoterId voter : voters) {
        var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        places.put(voter, new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort()));
      }
      for (ServerSocket socket : held) {
        socket.close();
      }
      return places;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// As [#toString] writes it.
  static Places parse(String text) {
    var places = new Places();
    Arrays.stream(text.split(",")).forEach(places::put);
    return places;
  }

  private void put(String place) {
    var parts = place.split("[=:]");
    put(VoterId.of(parts[0]), new InetSocketAddress(parts[1], Integer.parseInt(parts[2])));
  }

  void put(VoterId voter, InetSocketAddress address) {
    places.put(voter, address);
  }

  /// A voter has gone elsewhere; whoever looks for it is told.
  ///
  /// @param place as one of [#toString]
  void move(String place) {
    put(place);
    listeners.forEach(Runnable::run);
  }

  /// A place as one of [#toString].
  String place(VoterId voter) {
    var address = address(voter).orElseThrow();
    return "%s=%s:%d".formatted(voter, address.getAddress().getHostAddress(), address.getPort());
  }

  @Override
  public Optional<InetSocketAddress> address(VoterId voter) {
    return Optional.ofNullable(places.get(voter));
  }

  @Override
  public Registration onChange(Runnable changed) {
    listeners.add(changed);
    return () -> listeners.remove(changed);
  }

  @Override
  public String toString() {
    return places.keySet().stream().map(this::place).collect(Collectors.joining(","));
  }
}
