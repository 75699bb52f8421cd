package io.deltacat.server.contract;

import io.deltacat.server.http.ObservedExchange;
import io.deltacat.server.http.ObservedRequest;
import io.deltacat.server.http.RequestObserver;

/** Hands the exchanges of every server of this process to the check; in a process without JUnit it sees nothing. */
public final class ContractObserver implements RequestObserver {
    private static final int BODY_LIMIT_BYTES = 1024 * 1024;

    @Override
    public void onRequest(ObservedRequest request) {}

    @Override
    public int bodyLimit() {
        return ContractCheck.OF_THIS_PROCESS.isOn() ? BODY_LIMIT_BYTES : 0;
    }

    @Override
    public void onExchange(ObservedExchange exchange) {
        ContractCheck.OF_THIS_PROCESS.add(exchange);
    }
}
