package dev.flotilla.chaos.live;

import dev.flotilla.operator.port.KubeApi;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.StoppedException;
import dev.flotilla.operator.port.WriteResult;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// The end of an operator's process: one write lands, and neither its answer nor anything else
/// reaches the operator any more.
final class LastWrite {

  private final String method;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final CountDownLatch landed = new CountDownLatch(1);

  /// @param method of [KubeApi]: the first call of it that succeeds is the last one
  LastWrite(String method) {
    this.method = method;
  }

  /// The port of the process that will end.
  KubeApi of(KubeApi kube) {
    return (KubeApi)
        Proxy.newProxyInstance(
            KubeApi.class.getClassLoader(),
            new Class<?>[] {KubeApi.class},
            (proxy, called, arguments) -> call(kube, called, arguments));
  }

  /// Waits for the end. The operator stands still from then on and can be closed.
  void await(Duration limit) throws InterruptedException {
    if (!landed.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("no " + method + " in " + limit);
    }
  }

  private Object call(KubeApi kube, Method called, Object[] arguments) throws Throwable {
    var stop = (StopSignal) arguments[0];
    if (ended.get()) {
      standStill(stop);
    }
    try {
      var result = called.invoke(kube, arguments);
      if (called.getName().equals(method) && result instanceof WriteResult.Done) {
        ended.set(true);
        landed.countDown();
      }
      if (ended.get()) {
        standStill(stop);
      }
      return result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /// The thread goes no further until its work is thrown away.
  private static void standStill(StopSignal stop) throws InterruptedException {
    var over = new CountDownLatch(1);
    var registration = stop.onStop(over::countDown);
    over.await();
    registration.close();
    throw new StoppedException("the process has ended");
  }
}
