package dev.flotilla.chaos.lab.progress;

import dev.flotilla.operator.cli.output.Terminal;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Progress for a person at a terminal: one line per phase, redrawn in place five times a second
/// while it runs; the last frame stays as the record.
final class DrawnProgress implements Progress {

  private static final long REDRAW_MILLIS = 200;
  private static final String START_OF_LINE = "\r";
  private static final String CLEAR_TO_END = "\u001b[K";
  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String RESET = "\u001b[0m";
  private static final int NAME_WIDTH = 15;
  private static final int BAR_WIDTH = 24;
  // A guess made from less than this is worse than none.
  private static final Duration FIRST_ESTIMATE = Duration.ofSeconds(5);

  private final PrintStream out;
  private final Terminal terminal;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("progress").factory());
  private Optional<Running> current = Optional.empty();

  DrawnProgress(PrintStream out, Terminal terminal, InstantSource clock) {
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
    var _ =
        ticker.scheduleAtFixedRate(
            this::redraw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public Phase begin(String name) {
    Running phase = new Running(name, clock.instant());
    locked(() -> current = Optional.of(phase));
    redraw();
    return phase;
  }

  @Override
  public void say(String line) {
    locked(() -> out.println(START_OF_LINE + CLEAR_TO_END + line));
  }

  @Override
  public void close() {
    ticker.shutdownNow();
    locked(() -> {
      if (current.isPresent()) {
        out.println();
        current = Optional.empty();
      }
    });
  }

  private void redraw() {
    locked(() ->
        current.ifPresent(phase -> {
          out.print(START_OF_LINE + fitted(phase.line()) + CLEAR_TO_END);
          out.flush();
        }));
  }

  private void end(String mark, String colour, String rest) {
    current = Optional.empty();
    out.println(START_OF_LINE + " " + colour + mark + RESET + " " + rest + CLEAR_TO_END);
  }

  private String fitted(String line) {
    return line.length() < terminal.width() ? line : line.substring(0, terminal.width() - 1);
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  private final class Running implements Phase {

    private final String name;
    private final Instant began;
    private Instant counting;
    private String detail = "";
    private String unit = "";
    private long done;
    private long total;

    Running(String name, Instant began) {
      this.name = name;
      this.began = began;
      this.counting = began;
    }

    @Override
    public void detail(String text) {
      locked(() -> {
        if (!detail.equals(text)) {
          detail = text;
          total = 0;
        }
      });
    }

    @Override
    public void count(long newDone, long newTotal, String newUnit) {
      locked(() -> {
        if (total != newTotal || !unit.equals(newUnit)) {
          counting = clock.instant();
        }
        done = newDone;
        total = newTotal;
        unit = newUnit;
      });
    }

    @Override
    public void done(String summary) {
      locked(() -> end(terminal.unicode() ? "✓" : "ok", GREEN, head() + summary));
    }

    @Override
    public void failed(String reason) {
      locked(() -> end(terminal.unicode() ? "✗" : "FAIL", RED, head() + reason));
    }

    private String line() {
      String mark = terminal.unicode() ? " » " : " .. ";
      return mark + head() + (total == 0 ? detail : bar());
    }

    private String head() {
      String elapsed = Elapsed.text(Duration.between(began, clock.instant()));
      return String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s%7s  ", name, elapsed);
    }

    private String bar() {
      int filled = (int) (BAR_WIDTH * Math.min(done, total) / total);
      String full = terminal.unicode() ? "█" : "#";
      String empty = terminal.unicode() ? "░" : ".";
      return "["
          + full.repeat(filled)
          + empty.repeat(BAR_WIDTH - filled)
          + String.format(Locale.ROOT, "]  %,d of %,d %s  %s", done, total, unit, detail)
          + estimate();
    }

    private String estimate() {
      Duration spent = Duration.between(counting, clock.instant());
      if (done == 0 || spent.compareTo(FIRST_ESTIMATE) < 0) {
        return "";
      }
      Duration left = spent.multipliedBy(Math.max(0, total - done)).dividedBy(done);
      return "  "
          + Elapsed.text(Duration.ofSeconds(left.toSeconds())).replace(".0s", "s")
          + " left";
    }
  }
}
