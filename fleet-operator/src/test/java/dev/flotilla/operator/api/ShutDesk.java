package dev.flotilla.operator.api;

import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.document.StoreComparison;
import dev.flotilla.operator.document.StoreContents;
import dev.flotilla.operator.document.StoreRestored;
import java.time.Instant;
import java.util.List;

/// A store whose contents are always the same, and that cannot be compared or put back.
final class ShutDesk implements StoreDesk {

  static final StoreContents CONTENTS =
      StoreContents.of(
          "", 7, List.of(new StoreContents.Item("clusters/shop/search/resource", "v1 uid=u-1")));

  @Override
  public Reading<StoreComparison> compare() {
    return new Reading.Unknown<>("a watch is sick");
  }

  @Override
  public Reading<StoreContents> contents() {
    return new Reading.Known<>(CONTENTS, Instant.EPOCH);
  }

  @Override
  public Reading<StoreRestored> restore(StoreContents backup) {
    return new Reading.Unknown<>("nobody has ordered it");
  }
}
