package dev.flotilla.operator.cli.plan;

import dev.flotilla.operator.cli.output.Printing;
import dev.flotilla.operator.cli.output.Screen;
import dev.flotilla.operator.document.ClusterPlan;
import dev.flotilla.operator.document.Document;
import dev.flotilla.operator.document.FilePlan;
import dev.flotilla.operator.document.PlanSheet;
import java.util.ArrayList;
import java.util.List;

/// Plans in every form.
sealed interface PlanPrinting extends Printing {

  /// One database as it is.
  record OfCluster(PlanSheet plan) implements PlanPrinting {
    @Override
    public List<String> text(Screen screen) {
      return new PlanText(screen).lines(plan);
    }

    @Override
    public Document document() {
      return new ClusterPlan(plan);
    }

    @Override
    public List<String> names() {
      return List.of(Printing.database(plan.name()));
    }
  }

  /// What a file says.
  record OfFile(FilePlan plan) implements PlanPrinting {
    @Override
    public List<String> text(Screen screen) {
      var lines = new ArrayList<String>();
      plan.objections().forEach(finding -> lines.addAll(FindingText.lines(plan.file(), finding)));
      plan.plans().forEach(sheet -> lines.addAll(new PlanText(screen).lines(sheet)));
      lines.addAll(plan.notes());
      int errors = plan.objections().size();
      lines.add("%d %s; nothing was changed".formatted(errors, errors == 1 ? "error" : "errors"));
      return lines;
    }

    @Override
    public Document document() {
      return plan;
    }

    @Override
    public List<String> names() {
      return plan.plans().stream().map(PlanSheet::name).map(Printing::database).toList();
    }
  }
}
