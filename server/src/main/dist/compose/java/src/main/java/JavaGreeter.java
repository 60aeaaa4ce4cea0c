import dev.restate.sdk.Context;
import dev.restate.sdk.annotation.Handler;
import dev.restate.sdk.annotation.Service;
import dev.restate.sdk.endpoint.Endpoint;
import dev.restate.sdk.http.vertx.RestateHttpServer;
import java.time.Duration;

@Service
public class JavaGreeter {
  @Handler
  public String greet(Context ctx, String name) {
    ctx.run("open account", () -> System.out.println("an account for " + name));
    ctx.sleep(Duration.ofSeconds(1));
    ctx.run("send mail", () -> System.out.println("a mail to " + name));
    return "Welcome, " + name + "!";
  }

  public static void main(String[] args) {
    RestateHttpServer.listen(Endpoint.bind(new JavaGreeter()));
  }
}
