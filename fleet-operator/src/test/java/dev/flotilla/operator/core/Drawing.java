package dev.flotilla.operator.core;

import dev.flotilla.operator.bench.PlainEngine;
import dev.flotilla.operator.bench.Specs;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.object.Standing;
import dev.flotilla.operator.core.plan.Plan;
import dev.flotilla.operator.core.plan.Planner;
import dev.flotilla.operator.core.retention.Deletion;
import dev.flotilla.operator.core.retention.RetentionPolicy;
import dev.flotilla.operator.core.rule.Templates;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.core.view.ClusterSpec;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.Drainage;
import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Evacuation;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.NodeView;
import dev.flotilla.operator.core.view.PoolView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.Request;
import dev.flotilla.operator.core.view.StorageClassView;
import dev.flotilla.operator.core.view.TenantView;
import dev.flotilla.operator.core.view.Terrain;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.model.Slot;
import dev.flotilla.topology.model.TenantId;
import dev.flotilla.topology.model.Zone;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A situation drawn as text, so that a person sees it, and the plan for it as text.
///
/// ```
/// pool data wants 3
/// a: a1
/// b: b1[no pod]
/// c: c1
/// ```
///
/// draws three zones with a node each (`na`, `nb`, `nc`) and three members of which one has lost
/// its pod; everything that is not said is in order. [DrawnMember] lists what may stand in
/// brackets, [#line] what may stand on a line. In plans a member is called by its zone and ordinal.
public final class Drawing {

  public static final ClusterRef SEARCH = new ClusterRef("shop", "search");
  public static final TenantId TENANT = new TenantId("tenant-1");
  public static final String ENGINE = "engine-1";
  public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /// The situation above, in which one thing is to be done.
  public static final String LOST_POD =
      """
      pool data wants 3
      a: a1
      b: b1[no pod]
      c: c1
      """;

  private static final Pattern MEMBER = Pattern.compile("([a-z]+?)([0-9])(?:\\[([^]]*)])?");

  private final PlainEngine profile = new PlainEngine(InstantSource.fixed(NOW));
  private final SortedMap<String, NodeView> nodes = new TreeMap<>();
  private final SortedMap<String, StorageClassView> classes = new TreeMap<>();
  private final SortedMap<PoolName, PoolView> pools = new TreeMap<>();
  private final List<DrawnMember> drawn = new ArrayList<>();
  private final List<Request> requests = new ArrayList<>();
  private final List<String> excludes = new ArrayList<>();
  private final List<ClusterView.StrayVolume> strays = new ArrayList<>();
  private ClusterSpec spec = Specs.of(3);
  private Authority authority = new Authority.Acting(new Epoch(1));
  private Reading<Instant> fresh = known(NOW);
  private Reading<Optional<TenantView>> tenant =
      known(Optional.of(new TenantView(TENANT, Optional.of(ENGINE))));
  private Optional<String> silence = Optional.empty();
  private EngineReport.Health health = EngineReport.Health.GREEN;
  private String engineUuid = ENGINE;
  private String version = Specs.VERSION;
  private String pool = "data";
  private String fleet = "fleet 1 ahead 0";
  private Optional<String> emptying = Optional.empty();
  private DrawnFeasibility feasibility = new DrawnFeasibility("");
  private Deletion deletion = Deletion.NONE;
  private boolean bare;

  /// For how many seconds clients have been told to leave those who are to go.
  private int left = 3600;

  private Drawing() {
    for (var zone : List.of("a", "b", "c")) {
      node("n" + zone, Optional.of(new Zone(zone)), true, true, false);
    }
    classes.put("zonal", new StorageClassView("zonal", true, true, true, List.of()));
  }

  /// The situation with every kept object as it should be, unless it says `bare`.
  public static ClusterView situation(String text) {
    return situation(text, text);
  }

  /// The situation `now`, in which kept objects still are as they were right `before`.
  public static ClusterView situation(String before, String now) {
    return read(now).view(standing(read(before)));
  }

  /// The whole plan for a situation.
  public static String plan(String text) {
    return print(Planner.plan(situation(text)));
  }

  public static String plan(String before, String now) {
    return print(Planner.plan(situation(before, now)));
  }

  /// A plan's text in which each member is called by its zone and ordinal.
  public static String print(Plan plan) {
    var text = plan.print();
    for (var zone : List.of("a", "b", "c", "d", "e")) {
      for (int ordinal = 1; ordinal <= 9; ordinal++) {
        var slot = new Slot(new PoolName("data"), new Zone(zone), ordinal);
        text = text.replace(name(slot).value(), zone + ordinal);
      }
    }
    return text;
  }

  static MemberName name(Slot slot) {
    return MemberName.of(TENANT, SEARCH, slot);
  }

  /// The name of the member that a drawing calls such as `b1`.
  public static MemberName member(String alias) {
    var zone = new Zone(alias.substring(0, alias.length() - 1));
    int ordinal = Integer.parseInt(alias.substring(alias.length() - 1));
    return name(new Slot(new PoolName("data"), zone, ordinal));
  }

  private static Drawing read(String text) {
    var drawing = new Drawing();
    text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(drawing::line);
    return drawing;
  }

  private void line(String line) {
    var words = line.split(" ");
    switch (words[0]) {
      case "pool" -> pool(line, words);
      case "node" -> node(line, words[1]);
      case "engine" -> engine(line);
      case "zones" -> zones(words[1]);
      case "tenant" -> tenant(line);
      case "class" -> storageClass(line);
      case "stray" -> strays.add(new ClusterView.StrayVolume(words[1], "it is a copy"));
      case "image" -> spec = Specs.withImage(spec, words[1]);
      case "setting" -> spec = Specs.withSetting(spec, words[1], "on");
      case "version" -> version = words[1];
      case "fleet" -> fleet = line.equals("fleet unknown") ? "" : line;
      case "asked" -> requests.add(DrawnRequest.of(requests.size() + 1, line));
      case "empties" -> emptying = Optional.of(line);
      case "excludes" -> excludes.add(line);
      case "reclaims" -> spec = Specs.reclaiming(spec);
      case "together" -> spec = Specs.together(spec, Integer.parseInt(words[1]));
      case "explains" -> feasibility = new DrawnFeasibility(line);
      case "volumes" -> spec = Specs.keeping(spec, retention(line));
      case "bare" -> bare = true;
      case "left" -> left = Integer.parseInt(words[1]);
      case "deleting" ->
          deletion = line.endsWith("unconfirmed") ? Deletion.UNCONFIRMED : Deletion.CONFIRMED;
      case "stale" -> fresh = new Reading.Unknown<>("the watch of pods is silent");
      case "passive" -> authority = new Authority.NotActing("a newer operator acts");
      default -> members(line);
    }
  }

  /// `volumes scaled 24 deleted 48`: hours; what is not named is kept for ever.
  private static RetentionPolicy retention(String line) {
    return new RetentionPolicy(hours(line, "scaled"), hours(line, "deleted"));
  }

  private static Optional<Duration> hours(String line, String word) {
    var hours = number(line, word);
    return hours.isPresent() ? Optional.of(Duration.ofHours(hours.getAsInt())) : Optional.empty();
  }

  private void pool(String line, String[] words) {
    pool = words[1];
    var name = new PoolName(pool);
    var wants = number(line, "wants");
    var scale = number(line, "scale");
    var foreign =
        line.contains(" by ") ? Optional.of(words[words.length - 1]) : Optional.<String>empty();
    spec =
        new ClusterSpec(
            spec.engineVersion(),
            spec.image(),
            spec.config(),
            spec.zones(),
            true,
            spec.retention(),
            spec.drain(),
            line.contains("removed")
                ? List.of(Specs.pool("other", OptionalInt.of(3)))
                : List.of(Specs.pool(pool, wants)));
    int instances = scale.orElse(wants.orElse(3));
    if (!line.contains("absent")) {
      pools.put(name, new PoolView(name, "uid-of-" + pool, instances, foreign));
    }
  }

  /// Other zones than a, b and c, a letter each; comes before the pool.
  private void zones(String letters) {
    var zones = letters.chars().mapToObj(letter -> new Zone(Character.toString(letter))).toList();
    zones.forEach(zone -> node("n" + zone, Optional.of(zone), true, true, false));
    spec =
        new ClusterSpec(
            spec.engineVersion(),
            spec.image(),
            spec.config(),
            zones,
            true,
            spec.retention(),
            spec.drain(),
            spec.pools());
  }

  static OptionalInt number(String line, String word) {
    var found = Pattern.compile(word + " ([0-9]+)").matcher(line);
    return found.find() ? OptionalInt.of(Integer.parseInt(found.group(1))) : OptionalInt.empty();
  }

  private void node(String line, String name) {
    var zone = Optional.of(new Zone(name.substring(1, 2)));
    boolean out = line.endsWith("out of service");
    boolean silent = line.endsWith("silent") || out;
    if (line.endsWith("gone")) {
      nodes.remove(name);
    } else {
      node(name, zone, !silent, !silent && !line.endsWith("cordoned"), out);
    }
  }

  private void node(String name, Optional<Zone> zone, boolean ready, boolean open, boolean out) {
    nodes.put(name, new NodeView(name, zone, ready, open, out));
  }

  private void engine(String line) {
    switch (line) {
      case "engine silent" -> silence = Optional.of("it answers 503");
      case "engine red" -> health = EngineReport.Health.RED;
      case "engine yellow" -> health = EngineReport.Health.YELLOW;
      case "engine is another" -> engineUuid = "engine-2";
      default -> throw new IllegalArgumentException(line);
    }
  }

  private void tenant(String line) {
    tenant =
        switch (line) {
          case "tenant unread" -> new Reading.Unknown<>("the API server answers 500");
          case "tenant gone" -> known(Optional.empty());
          case "tenant unformed" -> known(Optional.of(new TenantView(TENANT, Optional.empty())));
          default -> throw new IllegalArgumentException(line);
        };
  }

  private void storageClass(String line) {
    classes.clear();
    switch (line) {
      case "class gone" -> {}
      case "class binds early" ->
          classes.put("zonal", new StorageClassView("zonal", true, false, true, List.of()));
      case "class does not grow" ->
          classes.put("zonal", new StorageClassView("zonal", true, true, false, List.of()));
      case "class serves a b" ->
          classes.put(
              "zonal",
              new StorageClassView(
                  "zonal", true, true, true, List.of(new Zone("a"), new Zone("b"))));
      default -> throw new IllegalArgumentException(line);
    }
  }

  private void members(String line) {
    if (!line.matches("[a-z]+:.*")) {
      throw new IllegalArgumentException("not understood: " + line);
    }
    var found = MEMBER.matcher(line.substring(line.indexOf(':') + 1));
    while (found.find()) {
      var zone = new Zone(found.group(1));
      var slot = new Slot(new PoolName(pool), zone, Integer.parseInt(found.group(2)));
      var words = Optional.ofNullable(found.group(3)).map(text -> text.split(", "));
      drawn.add(new DrawnMember(slot, List.of(words.orElse(new String[0]))));
    }
  }

  /// What an operator that saw this situation long enough has applied.
  private static Standing standing(Drawing before) {
    var standing = Standing.NOTHING;
    if (before.bare) {
      return standing;
    }
    for (Plan.Planned planned : Planner.plan(before.view(standing)).steps()) {
      if (planned.step() instanceof Step.Apply(var object, var reason)) {
        standing = standing.with(object);
      }
    }
    return standing.endpoints().map(before::left).map(standing::with).orElse(standing);
  }

  private KeptObject left(KeptObject.Endpoints endpoints) {
    return new KeptObject.Endpoints(
        endpoints.endpoints().stream()
            .map(it ->
                new KeptObject.Endpoint(
                    it.member(),
                    it.ip(),
                    it.node(),
                    it.zone(),
                    it.serving(),
                    it.leaving().map(since -> NOW.minusSeconds(left))))
            .toList());
  }

  private ClusterView view(Standing standing) {
    var nobody = view(standing, List.of());
    var revision = Templates.of(nobody, spec.pools().getFirst()).revision();
    return view(
        standing,
        drawn.stream()
            .filter(member -> !member.isGone())
            .map(member -> member.view(revision))
            .toList());
  }

  private ClusterView view(Standing standing, List<MemberView> members) {
    return new ClusterView(
        new ClusterView.Identity(SEARCH, "resource-1", 1, deletion, NOW),
        spec,
        authority,
        fresh,
        new Revision(3),
        tenant,
        members,
        drawn.stream().filter(DrawnMember::isGone).map(DrawnMember::slot).toList(),
        drawn.stream()
            .filter(DrawnMember::isGone)
            .flatMap(member -> member.kept("").stream())
            .toList(),
        strays,
        pools,
        new Terrain(nodes, classes),
        silence.<Reading<EngineReport>>map(Reading.Unknown::new).orElseGet(() -> known(report())),
        emptying.map(this::drainage),
        requests,
        fleet.isEmpty()
            ? new Reading.Unknown<>("the policy is senseless")
            : known(new DrawnFleet(fleet).facts(deletion.isGoing())),
        standing,
        profile.blueprint(SEARCH, spec));
  }

  /// `empties` gives two readings that say the same; `once`, `silent`, `restarted`, `close
  /// together` and `hidden` change that; so do `missing 2` (copies of index orders), of which one
  /// may be `primary`, or all `placeless`. `still 20`: nothing has left anybody for so many
  /// minutes.
  private Drainage drainage(String line) {
    if (line.endsWith("silent")) {
      return Drainage.unknown("it answers 503");
    }
    var named = new TreeSet<String>();
    drawn.stream()
        .filter(DrawnMember::isMarked)
        .forEach(member -> named.add(name(member.slot()).value()));
    var marks =
        new DrawnMarks(excludes)
            .told(
                engineUuid,
                named,
                line.endsWith("hidden") ? Optional.of("a transient setting") : Optional.empty());
    var then = NOW.minusSeconds(line.endsWith("close together") ? 0 : 2);
    Reading<Evacuation> before =
        line.endsWith("once")
            ? new Reading.Unknown<>("it was asked once")
            : new Reading.Known<>(
                evacuation(line, line.endsWith("restarted") ? "process-0" : "process-1"), then);
    var all =
        drawn.stream()
            .map(member -> name(member.slot()))
            .collect(Collectors.toCollection(TreeSet::new));
    var still = new TreeMap<MemberName, Instant>();
    number(line, "still")
        .ifPresent(minutes -> all.forEach(it -> still.put(it, NOW.minusSeconds(60L * minutes))));
    return new Drainage(
        known(marks),
        known(evacuation(line, "process-1")),
        before,
        feasibility.said(all, line.contains("placeless") ? nowhere(line) : List.of()),
        still);
  }

  private static List<Evacuation.Copy> nowhere(String line) {
    return IntStream.range(0, number(line, "missing").orElse(0))
        .mapToObj(i ->
            new Evacuation.Copy(
                "orders",
                i,
                line.contains("primary") && i == 0,
                Optional.empty(),
                Optional.empty(),
                Optional.of("NODE_LEFT")))
        .toList();
  }

  private Evacuation evacuation(String line, String process) {
    var seats =
        drawn.stream().filter(DrawnMember::hasJoined).map(member -> seat(member, process)).toList();
    return new Evacuation(
        new EngineMarks.Evidence(engineUuid, 1, 1),
        health,
        seats,
        List.of(),
        nowhere(line),
        new TreeSet<>(),
        0);
  }

  private static Evacuation.Seat seat(DrawnMember member, String process) {
    var name = name(member.slot()).value();
    return new Evacuation.Seat(
        name, DrawnMarks.id(name), process, member.copies(), Optional.empty());
  }

  private EngineReport report() {
    var joined =
        drawn.stream()
            .filter(DrawnMember::hasJoined)
            .map(member -> member.told(name(member.slot()).value(), version))
            .toList();
    return new EngineReport(engineUuid, health, joined);
  }

  private static <T> Reading<T> known(T value) {
    return new Reading.Known<>(value, NOW);
  }
}
