package io.deltacat.quickstart.flights;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.deltacat.quickstart.QuickStartException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the shipped file without Flink and without DeltaCAT, so that the report has something to compare the tables with.
 * Stateless.
 */
public final class FlightFile {
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'");
    private static final String NULL = "NA";

    private FlightFile() {}

    /**
     * Reads the first flights of a file.
     *
     * @param file the gzipped CSV file
     * @param limit how many flights at most
     * @return the flights in the file's order, as the tables should hold them
     * @throws QuickStartException if the file cannot be read or a line is not a flight
     */
    public static List<Flight> read(Path file, long limit) {
        List<Flight> flights = new ArrayList<>();
        try (Reader reader =
                        new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8);
                CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(reader)) {
            for (NamedCsvRecord line : csv) {
                if (flights.size() >= limit) {
                    break;
                }
                flights.add(flight(file, line));
            }
        } catch (IOException e) {
            throw new QuickStartException(
                    "File '" + file + "' cannot be read: " + e + ". Restore it from the repository.", e);
        }
        return flights;
    }

    private static Flight flight(Path file, NamedCsvRecord line) {
        try {
            Integer depDelay = number(line, "dep_delay");
            return new Flight(
                    new Flight.Key(
                            required(line, "year"),
                            required(line, "month"),
                            required(line, "day"),
                            line.getField("carrier"),
                            required(line, "flight"),
                            line.getField("origin")),
                    text(line, "tailnum"),
                    line.getField("dest"),
                    LocalDateTime.parse(line.getField("time_hour"), HOUR).plusMinutes(required(line, "minute")),
                    depDelay,
                    number(line, "arr_delay"),
                    number(line, "air_time"),
                    required(line, "distance"),
                    depDelay == null);
        } catch (NumberFormatException | DateTimeException e) {
            throw new QuickStartException(
                    "File '" + file + "', line " + line.getStartingLineNumber() + " is not a flight: " + e.getMessage()
                            + ". Restore the file from the repository.",
                    e);
        }
    }

    private static int required(NamedCsvRecord line, String column) {
        return Integer.parseInt(line.getField(column));
    }

    private static @Nullable Integer number(NamedCsvRecord line, String column) {
        String text = text(line, column);
        return text == null ? null : Integer.valueOf(text);
    }

    private static @Nullable String text(NamedCsvRecord line, String column) {
        String text = line.getField(column);
        return text.equals(NULL) ? null : text;
    }
}
