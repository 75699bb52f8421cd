package io.deltacat.quickstart.progress;

import java.util.ArrayList;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** One bar per count. Confined to one thread; the bars are painted by a thread of their library. */
final class ProgressBars implements ProgressDisplay {
    private static final int WIDTH = 100;
    private static final int REPAINT_MILLIS = 200;

    private final List<ProgressBar> bars = new ArrayList<>();

    ProgressBars(List<String> names, long goal) {
        int longest = names.stream().mapToInt(String::length).max().orElse(0);
        for (String name : names) {
            bars.add(new ProgressBarBuilder()
                    .setTaskName("  " + name + " ".repeat(longest - name.length()))
                    .setInitialMax(goal)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(REPAINT_MILLIS)
                    .setMaxRenderedLength(WIDTH)
                    .hideEta()
                    .build());
        }
    }

    @Override
    public void show(List<Long> counts) {
        for (int index = 0; index < bars.size(); index++) {
            bars.get(index).stepTo(counts.get(index));
        }
    }

    @Override
    public void close() {
        bars.forEach(ProgressBar::close);
    }
}
