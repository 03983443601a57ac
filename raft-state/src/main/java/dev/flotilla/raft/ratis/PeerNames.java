package dev.flotilla.raft.ratis;

import dev.flotilla.topology.store.TopologyStore.Registration;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.ratis.thirdparty.io.grpc.EquivalentAddressGroup;
import org.apache.ratis.thirdparty.io.grpc.NameResolver;
import org.apache.ratis.thirdparty.io.grpc.NameResolverProvider;
import org.apache.ratis.thirdparty.io.grpc.NameResolverRegistry;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.StatusOr;

/// Resolves `peer:///VOTER` by a [PeerDirectory]. The name stays the authority of the connection,
/// so TLS compares the voter's name with its certificate, and not an address.
final class PeerNames extends NameResolverProvider {

  static final String SCHEME = "peer";

  private static final int HIGHEST_PRIORITY = 10;

  private final PeerDirectory directory;

  private PeerNames(PeerDirectory directory) {
    this.directory = directory;
  }

  /// From now on names are resolved so in the whole process, until the registration is closed.
  static Registration register(PeerDirectory directory) {
    var names = new PeerNames(directory);
    NameResolverRegistry.getDefaultRegistry().register(names);
    return () -> NameResolverRegistry.getDefaultRegistry().deregister(names);
  }

  static String address(VoterId voter) {
    return "%s:///%s".formatted(SCHEME, voter);
  }

  @Override
  public NameResolver newNameResolver(URI target, NameResolver.Args args) {
    return new OneName(VoterId.of(target.getPath().substring(1)), directory);
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  @Override
  protected int priority() {
    return HIGHEST_PRIORITY;
  }

  @Override
  public String getDefaultScheme() {
    return SCHEME;
  }

  /// The addresses of one voter, as they change.
  private static final class OneName extends NameResolver {

    private final VoterId voter;
    private final PeerDirectory directory;
    private final AtomicReference<Optional<Registration>> registration =
        new AtomicReference<>(Optional.empty());

    OneName(VoterId voter, PeerDirectory directory) {
      this.voter = voter;
      this.directory = directory;
    }

    @Override
    public String getServiceAuthority() {
      return voter.toString();
    }

    @Override
    public void start(Listener2 listener) {
      registration.set(Optional.of(directory.onChange(() -> tell(listener))));
      tell(listener);
    }

    private void tell(Listener2 listener) {
      var addresses =
          directory
              .address(voter)
              .map(found -> StatusOr.fromValue(List.of(group(found))))
              .orElseGet(() ->
                  StatusOr.fromStatus(
                      Status.UNAVAILABLE.withDescription(
                          "nobody knows where %s is".formatted(voter))));
      listener.onResult(ResolutionResult.newBuilder().setAddressesOrError(addresses).build());
    }

    private static EquivalentAddressGroup group(InetSocketAddress address) {
      return new EquivalentAddressGroup(address);
    }

    @Override
    public void shutdown() {
      registration.getAndSet(Optional.empty()).ifPresent(Registration::close);
    }
  }
}
