package dev.flotilla.operator.cli.plan;

import dev.flotilla.operator.document.FilePlan.Finding;
import java.util.ArrayList;
import java.util.List;

/// Something wrong in a file, with its place and its remedy.
final class FindingText {

  private FindingText() {}

  static List<String> lines(String file, Finding finding) {
    var lines = new ArrayList<String>();
    var number = Integer.toString(finding.line());
    var margin = " ".repeat(number.length());
    lines.add("error: " + finding.what());
    lines.add(
        "%s--> %s:%d:%d%s"
            .formatted(
                margin,
                file,
                finding.line(),
                finding.column(),
                finding.path().isEmpty() ? "" : "  " + finding.path()));
    if (!finding.source().isBlank()) {
      lines.add(number + " | " + finding.source());
      lines.add(margin + " | " + " ".repeat(finding.column() - 1) + "^".repeat(finding.length()));
    }
    if (!finding.fix().isEmpty()) {
      lines.add(" fix  " + finding.fix());
    }
    return lines;
  }
}
