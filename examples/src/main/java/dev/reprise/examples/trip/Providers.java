package dev.reprise.examples.trip;

import dev.reprise.sdk.TerminalException;
import java.time.Duration;

/** Airlines, hotels and so on: slow, each in its own way, and some have nothing to offer. They keep a log. */
public final class Providers {
    private final TaskLog log;

    /** Providers that note in {@code log} what they are asked. */
    public Providers(TaskLog log) {
        this.log = log;
    }

    String flight(String airline, String city) throws InterruptedException {
        String task = "flight with " + airline;
        log.started(task);
        boolean soldOut = airline.equals("Condor");
        takeTime(soldOut ? Duration.ofMillis(400) : Duration.ofMillis(3_000));
        log.ended(task);
        if (soldOut) {
            throw new TerminalException(409, airline + " is sold out");
        }
        return airline + " to " + city;
    }

    String hotel(String city) throws InterruptedException {
        return answer("hotel", Duration.ofMillis(900), "Hotel " + city + " Central");
    }

    String car(String city) throws InterruptedException {
        return answer("rental car", Duration.ofSeconds(30), "a car in " + city);
    }

    String ticket(String kind) throws InterruptedException {
        String task = kind + " ticket";
        if (kind.equals("concert")) {
            answer(task, Duration.ofMillis(600), "");
            throw new TerminalException(404, "the concert is cancelled");
        }
        return answer(task, kind.equals("museum") ? Duration.ofMillis(700) : Duration.ofMillis(2_500), task);
    }

    private String answer(String task, Duration after, String answer) throws InterruptedException {
        log.started(task);
        takeTime(after);
        log.ended(task);
        return answer;
    }

    private static void takeTime(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }
}
