package dev.flotilla.chaos.lab.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Progress for a file or a pipe: one timestamped line of `key=value` for each change of state, and
/// for each 10 % or 30 s of a count. Never a byte that moves a cursor.
final class LineProgress implements Progress {

  private static final long PERCENT_STEP = 10;
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  private final PrintStream out;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  LineProgress(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public Phase begin(String name) {
    print(name, "started", "");
    return new Running(name, clock.instant());
  }

  @Override
  public void say(String line) {
    lock.lock();
    try {
      out.println(clock.instant().truncatedTo(ChronoUnit.SECONDS) + " message=" + quoted(line));
      out.flush();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    out.flush();
  }

  private void print(String phase, String state, String rest) {
    lock.lock();
    try {
      out.println(
          clock.instant().truncatedTo(ChronoUnit.SECONDS)
              + " phase="
              + quoted(phase)
              + " state="
              + state
              + rest);
      out.flush();
    } finally {
      lock.unlock();
    }
  }

  private static String quoted(String text) {
    boolean bare = text.matches("[\\w.,/:+-]+");
    return bare ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private final class Running implements Phase {

    private final String name;
    private final Instant began;
    private final ReentrantLock own = new ReentrantLock();
    private String detail = "";
    private String unit = "";
    private long percentPrinted;
    private Instant printed;

    Running(String name, Instant began) {
      this.name = name;
      this.began = began;
      this.printed = began;
    }

    @Override
    public void detail(String text) {
      own.lock();
      try {
        if (!text.equals(detail)) {
          detail = text;
          progress(" doing=" + quoted(text));
        }
      } finally {
        own.unlock();
      }
    }

    @Override
    public void count(long done, long total, String of) {
      own.lock();
      try {
        if (!of.equals(unit)) {
          unit = of;
          percentPrinted = 0;
        }
        long percent = total == 0 ? 0 : done * 100 / total;
        boolean step = percent >= percentPrinted + PERCENT_STEP;
        boolean late = !clock.instant().isBefore(printed.plus(LONGEST_SILENCE));
        if (step || late) {
          percentPrinted = percent - percent % PERCENT_STEP;
          progress(" done=" + done + " total=" + total + " unit=" + quoted(of));
        }
      } finally {
        own.unlock();
      }
    }

    @Override
    public void done(String summary) {
      print(name, "done", elapsed() + " summary=" + quoted(summary));
    }

    @Override
    public void failed(String reason) {
      print(name, "failed", elapsed() + " reason=" + quoted(reason));
    }

    private void progress(String rest) {
      printed = clock.instant();
      print(name, "running", elapsed() + rest);
    }

    private String elapsed() {
      return " elapsed=" + Elapsed.text(Duration.between(began, clock.instant()));
    }
  }
}
