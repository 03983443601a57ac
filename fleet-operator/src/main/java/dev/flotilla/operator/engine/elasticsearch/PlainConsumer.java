package dev.flotilla.operator.engine.elasticsearch;

import co.elastic.clients.transport.rest5_client.low_level.HttpAsyncResponseConsumerFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/// Takes an answer up to a length, and none that is packed: the low-level client would unpack it
/// without any limit, for the message of an exception if for nothing else.
final class PlainConsumer implements AsyncResponseConsumer<ClassicHttpResponse> {

  private final AsyncResponseConsumer<ClassicHttpResponse> consumer;

  PlainConsumer(int maxBytes) {
    consumer =
        new HttpAsyncResponseConsumerFactory.BasicAsyncResponseConsumerFactory(maxBytes)
            .createHttpAsyncResponseConsumer();
  }

  @Override
  public void consumeResponse(
      HttpResponse response,
      EntityDetails entity,
      HttpContext context,
      FutureCallback<ClassicHttpResponse> callback)
      throws HttpException, IOException {
    if (response.containsHeader("Content-Encoding")) {
      throw new ProtocolException("an answer that was not asked to be packed is packed");
    }
    consumer.consumeResponse(response, entity, context, callback);
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext context)
      throws HttpException, IOException {
    consumer.informationResponse(response, context);
  }

  @Override
  public void updateCapacity(CapacityChannel capacity) throws IOException {
    consumer.updateCapacity(capacity);
  }

  @Override
  public void consume(ByteBuffer bytes) throws IOException {
    consumer.consume(bytes);
  }

  @Override
  public void streamEnd(List<? extends Header> trailers) throws HttpException, IOException {
    consumer.streamEnd(trailers);
  }

  @Override
  public void failed(Exception cause) {
    consumer.failed(cause);
  }

  @Override
  public void releaseResources() {
    consumer.releaseResources();
  }
}
