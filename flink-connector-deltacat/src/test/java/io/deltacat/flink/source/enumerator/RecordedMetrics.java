package io.deltacat.flink.source.enumerator;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;

/** A metric group that keeps what is registered. */
final class RecordedMetrics {
    private final Map<String, Metric> metrics = new HashMap<>();

    SplitEnumeratorMetricGroup group() {
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "addGroup" -> proxy;
            case "counter" -> register((String) arguments[0], new SimpleCounter());
            case "gauge" -> register((String) arguments[0], (Gauge<?>) arguments[1]);
            case "getAllVariables" -> Map.of();
            default -> null;
        };
        return (SplitEnumeratorMetricGroup) Proxy.newProxyInstance(
                RecordedMetrics.class.getClassLoader(), new Class<?>[] {SplitEnumeratorMetricGroup.class}, handler);
    }

    private <M extends Metric> M register(String name, M metric) {
        metrics.put(name, metric);
        return metric;
    }

    Set<String> names() {
        return metrics.keySet();
    }

    long value(String name) {
        Metric metric = metrics.get(name);
        return metric instanceof Counter counter
                ? counter.getCount()
                : ((Number) ((Gauge<?>) metric).getValue()).longValue();
    }
}
