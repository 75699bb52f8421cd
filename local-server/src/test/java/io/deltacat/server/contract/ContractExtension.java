package io.deltacat.server.contract;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test, or a class, during which a server's traffic broke the contract. Found by JUnit as a service. */
public final class ContractExtension implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        ContractCheck.OF_THIS_PROCESS.turnOn();
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        report();
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        report();
    }

    private static void report() throws InterruptedException {
        List<String> violations = ContractCheck.OF_THIS_PROCESS.take();
        if (!violations.isEmpty()) {
            throw new AssertionError("traffic breaks the OpenAPI contract:\n" + String.join("\n", violations));
        }
    }
}
