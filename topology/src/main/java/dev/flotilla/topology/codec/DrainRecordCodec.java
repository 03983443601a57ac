package dev.flotilla.topology.codec;

import dev.flotilla.topology.lifecycle.Deadline;
import dev.flotilla.topology.lifecycle.DrainOutcome;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.lifecycle.DrainState;
import dev.flotilla.topology.lifecycle.Mark;
import dev.flotilla.topology.lifecycle.Stake;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.Revision;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Writes a [DrainRecord] for the store and for the annotation of its member's volume, and reads it
/// back: one line, as [VolumeRecordCodec] writes it.
public final class DrainRecordCodec {

  private static final String CLUSTER = "cluster";
  private static final String MEMBER = "member";
  private static final String PURPOSE = "purpose";
  private static final String OPERATION = "operation";
  private static final String SETTING = "setting";
  private static final String ENTRY = "entry";
  private static final String ABANDONED = "abandoned";
  private static final String EPOCH = "epoch";
  private static final String REVISION = "revision";
  private static final String GENERATION = "generation";
  private static final String BEGUN = "begun";
  private static final String DEADLINE = "deadline";
  private static final String THEN = "then";
  private static final String STAKE = "stake";
  private static final String STATE = "state";
  private static final String OUTCOME = "outcome";
  private static final String OWNED = "owned";

  private static final String SCALE_IN = "scale-in";
  private static final String REQUEST = "request";
  private static final String RECLAIM = "reclaim";
  private static final String RUNNING = "running";
  private static final String CANCELLING = "cancelling";
  private static final String REMOVING = "removing";
  private static final String ENDED = "ended";
  private static final String DRAINED = "drained";

  /// What records mean that were written before there was a choice.
  private static final Deadline.OnTimeout UNSAID = Deadline.OnTimeout.CANCEL;

  private DrainRecordCodec() {}

  public static String encode(DrainRecord drain) {
    var begun = drain.beginning();
    var words = new TreeMap<String, String>();
    words.put(CLUSTER, drain.cluster().toString());
    words.put(MEMBER, drain.member().value());
    switch (drain.purpose()) {
      case DrainRecord.Purpose.ScaleIn scaleIn -> words.put(PURPOSE, SCALE_IN);
      case DrainRecord.Purpose.Request(var operation, var abandoned) -> {
        words.put(PURPOSE, REQUEST);
        words.put(OPERATION, operation);
        abandoned.ifPresent(uid -> words.put(ABANDONED, uid));
      }
      case DrainRecord.Purpose.Reclaim(var setting, var entry) -> {
        words.put(PURPOSE, RECLAIM);
        words.put(SETTING, setting);
        words.put(ENTRY, entry);
      }
    }
    words.put(EPOCH, begun.epoch().toString());
    words.put(REVISION, begun.revision().toString());
    words.put(GENERATION, Long.toString(begun.generation()));
    words.put(BEGUN, begun.at().toString());
    words.put(DEADLINE, drain.deadline().at().toString());
    if (drain.deadline().then() != UNSAID) {
      words.put(THEN, word(drain.deadline().then()));
    }
    begun.stake().ifPresent(stake -> words.put(STAKE, written(stake)));
    words.put(STATE, state(drain.state()));
    outcome(drain.state()).ifPresent(outcome -> words.put(OUTCOME, outcome));
    if (!drain.owned().isEmpty()) {
      words.put(
          OWNED,
          drain.owned().stream().map(DrainRecordCodec::word).collect(Collectors.joining(",")));
    }
    return Line.write(words);
  }

  public static Decoded<DrainRecord> decode(String text) {
    try {
      var words = Line.read(text);
      return new Decoded.Valid<>(
          new DrainRecord(
              MemberWords.cluster(words),
              new MemberName(Line.required(words, MEMBER)),
              purpose(words),
              beginning(words),
              deadline(words),
              state(words),
              owned(words)));
    } catch (IllegalArgumentException | DateTimeException e) {
      return new Decoded.Damaged<>(String.valueOf(e.getMessage()));
    }
  }

  private static DrainRecord.Purpose purpose(Map<String, String> words) {
    var purpose = Line.required(words, PURPOSE);
    return switch (purpose) {
      case SCALE_IN -> new DrainRecord.Purpose.ScaleIn();
      case REQUEST ->
          new DrainRecord.Purpose.Request(
              Line.required(words, OPERATION), Optional.ofNullable(words.get(ABANDONED)));
      case RECLAIM ->
          new DrainRecord.Purpose.Reclaim(
              Line.required(words, SETTING), Line.required(words, ENTRY));
      default -> throw new IllegalArgumentException("nobody is drained for " + purpose);
    };
  }

  private static DrainRecord.Beginning beginning(Map<String, String> words) {
    return new DrainRecord.Beginning(
        new Epoch(Long.parseLong(Line.required(words, EPOCH))),
        new Revision(Long.parseLong(Line.required(words, REVISION))),
        Long.parseLong(Line.required(words, GENERATION)),
        Instant.parse(Line.required(words, BEGUN)),
        Optional.ofNullable(words.get(STAKE)).map(DrainRecordCodec::stake));
  }

  private static Deadline deadline(Map<String, String> words) {
    return new Deadline(
        Instant.parse(Line.required(words, DEADLINE)),
        Optional.ofNullable(words.get(THEN))
            .map(word -> constant(Deadline.OnTimeout.class, word))
            .orElse(UNSAID));
  }

  /// Indices with their numbers: `orders/0,logs/2`. A member that had nothing has an empty word.
  private static String written(Stake stake) {
    return stake.indices().entrySet().stream()
        .map(index -> index.getKey() + "/" + index.getValue())
        .collect(Collectors.joining(","));
  }

  private static Stake stake(String text) {
    var indices = new TreeMap<String, Integer>();
    for (var word : text.isEmpty() ? new String[0] : text.split(",")) {
      int slash = word.indexOf('/');
      if (slash < 0) {
        throw new IllegalArgumentException("an index without a number: " + word);
      }
      indices.put(word.substring(0, slash), Integer.parseInt(word.substring(slash + 1)));
    }
    return new Stake(indices);
  }

  private static String state(DrainState state) {
    return switch (state) {
      case DrainState.Running running -> RUNNING;
      case DrainState.Cancelling cancelling -> CANCELLING;
      case DrainState.Removing removing -> REMOVING;
      case DrainState.Ended ended -> ENDED;
    };
  }

  private static Optional<String> outcome(DrainState state) {
    return switch (state) {
      case DrainState.Running running -> Optional.empty();
      case DrainState.Cancelling(var why) -> Optional.of(word(why));
      case DrainState.Removing removing -> Optional.empty();
      case DrainState.Ended(DrainOutcome.Drained drained) -> Optional.of(DRAINED);
      case DrainState.Ended(DrainOutcome.Undone why) -> Optional.of(word(why));
    };
  }

  private static DrainState state(Map<String, String> words) {
    var state = Line.required(words, STATE);
    return switch (state) {
      case RUNNING -> new DrainState.Running();
      case CANCELLING -> new DrainState.Cancelling(undone(words));
      case REMOVING -> new DrainState.Removing();
      case ENDED ->
          new DrainState.Ended(
              DRAINED.equals(words.get(OUTCOME)) ? new DrainOutcome.Drained() : undone(words));
      default -> throw new IllegalArgumentException("no drain is ever " + state);
    };
  }

  private static DrainOutcome.Undone undone(Map<String, String> words) {
    return constant(DrainOutcome.Undone.class, Line.required(words, OUTCOME));
  }

  private static SortedSet<Mark> owned(Map<String, String> words) {
    return Optional.ofNullable(words.get(OWNED)).stream()
        .flatMap(marks -> Arrays.stream(marks.split(",")))
        .map(mark -> constant(Mark.class, mark))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
