package dev.flotilla.raft.ratis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys.LeaderElection;
import org.apache.ratis.server.RaftServerConfigKeys.Log;
import org.apache.ratis.server.RaftServerConfigKeys.Read;
import org.apache.ratis.server.RaftServerConfigKeys.Rpc;
import org.apache.ratis.server.RaftServerConfigKeys.Snapshot;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/// How Ratis is set, and why.
final class Tuning {

  /// How many entries may be written before the state is written as a whole.
  static final long ENTRIES_BETWEEN_SNAPSHOTS = 10_000;

  private Tuning() {}

  static RaftProperties of(VoterSettings settings) {
    var properties = new RaftProperties();
    RaftServerConfigKeys.setStorageDir(properties, List.of(settings.directory().toFile()));
    GrpcConfigKeys.Server.setHost(properties, settings.place().getHostString());
    GrpcConfigKeys.Server.setPort(properties, settings.place().getPort());
    elections(properties, settings);
    log(properties);
    snapshots(properties);
    return properties;
  }

  private static void elections(RaftProperties properties, VoterSettings settings) {
    Rpc.setTimeoutMin(properties, time(settings.election()));
    Rpc.setTimeoutMax(properties, time(settings.longestElection()));
    // Who led and lost touch with the others does not stand for so long. It may be the only one who
    // knows everything: by default the store would have no leader for ten seconds.
    LeaderElection.setLeaderStepDownWaitTime(properties, time(settings.longestElection()));
    // The leader's lease, by which reads are answered without asking anybody. The reads of Ratis
    // itself are not used: they may be old.
    Read.setLeaderLeaseEnabled(properties, true);
  }

  private static void log(RaftProperties properties) {
    // By default a file takes 4 MB before its first entry, and a small entry writes megabytes.
    Log.setPreallocatedSize(properties, SizeInBytes.valueOf("4KB"));
    // Only closed files are removed after a snapshot, so they are small.
    Log.setSegmentSizeMax(properties, SizeInBytes.valueOf("1MB"));
    // With it, a voter that was started without its disk cannot elect one that knows less than was
    // committed. It stays on.
    Log.setLogMetadataEnabled(properties, true);
    // A damaged log stops this voter. To go on without its end would forget what it promised.
    Log.setCorruptionPolicy(properties, Log.CorruptionPolicy.EXCEPTION);
    Log.Appender.setBufferByteLimit(properties, SizeInBytes.valueOf("4MB"));
  }

  private static void snapshots(RaftProperties properties) {
    Snapshot.setAutoTriggerEnabled(properties, true);
    Snapshot.setAutoTriggerThreshold(properties, ENTRIES_BETWEEN_SNAPSHOTS);
    Snapshot.setRetentionFileNum(properties, 2);
    // A follower that is further behind gets the snapshot; the log need not wait for it.
    Log.setPurgeUptoSnapshotIndex(properties, true);
    Log.setPurgeGap(properties, 1);
  }

  private static TimeDuration time(Duration duration) {
    return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
  }
}
