package dev.flotilla.operator.bench;

class FakeKubeTest extends KubeApiContract {

  @Override
  protected Line open() {
    var bench = new Bench();
    bench.apply(Specs.of(3));
    var running = bench.prepare();
    return new Line(running.kube, running.watch, Bench.SEARCH);
  }
}
