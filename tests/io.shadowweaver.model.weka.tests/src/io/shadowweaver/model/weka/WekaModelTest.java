// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.weka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.Regressors;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;

class WekaModelTest {
	private static final int DAY = 24;
	private static final int LENGTH = 28 * DAY;
	private static final int[] LEADS = { 1, 3, 6, 24 };
	private static final int[] SLOT = { 0 };

	/** A day of two humps whose noise goes on for some hours. */
	private static double[] load(int length) {
		Random random = new Random(5);
		double[] values = new double[length];
		double lasting = 0;
		for (int i = 0; i < length; i++) {
			double hour = 2 * Math.PI * (i % DAY) / DAY;
			lasting = .8 * lasting + random.nextGaussian();
			values[i] = 50 + 12 * Math.sin(hour) + 8 * Math.sin(2 * hour + 1) + 2 * lasting;
		}
		return values;
	}

	private static TrainingSeries training(double... values) {
		return new TrainingSeries(0, Series.of(Instant.parse("2026-03-02T00:00:00Z"), Duration.ofHours(1), values), List.of(DAY), 0, Double.POSITIVE_INFINITY,
				List.of());
	}

	private static double[] forecast(ForecastModel model, int... leads) {
		double[][] got = new double[1][];
		model.forecast(SLOT, leads, Regressors.NONE, (slot, median, quantiles) -> got[0] = median.clone());
		return got[0];
	}

	@ParameterizedTest
	@CsvSource({ "weka.classifiers.functions.LinearRegression,", "weka.classifiers.trees.M5P,", "weka.classifiers.trees.RandomForest,-I 40 -S 7",
			"weka.classifiers.lazy.IBk,-K 12", "weka.classifiers.meta.Bagging,-I 5 -W weka.classifiers.trees.REPTree" })
	void learnsBetterThanSeasonalNaiveAndTheLastValue(String classifier, String options) throws PluginException {
		double[] all = load(LENGTH + 10 * DAY);
		double ours = 0;
		double seasonal = 0;
		double last = 0;
		try (ForecastModel model = WekaSettings.model(classifier, options == null ? "" : options)) {
			assertEquals(List.of(), model.train(List.of(training(Arrays.copyOf(all, LENGTH))), Progress.NONE));
			for (int now = LENGTH; now + DAY < all.length; now++) {
				double[] median = forecast(model, LEADS);
				for (int i = 0; i < LEADS.length; i++) {
					double actual = all[now - 1 + LEADS[i]];
					ours += Math.abs(actual - median[i]);
					seasonal += Math.abs(actual - all[now - 1 + LEADS[i] - DAY]);
					last += Math.abs(actual - all[now - 1]);
				}
				model.update(SLOT, new double[] { all[now] }, Regressors.NONE);
			}
		}
		assertTrue(ours < .9 * seasonal, ours + " against " + seasonal + " of seasonal naive");
		assertTrue(ours < .6 * last, ours + " against " + last + " of the last value");
	}

	@Test
	void anUpdateMovesTheLagsAndDoesNotRetrain() throws PluginException {
		double[] all = load(LENGTH + 40);
		try (ForecastModel model = WekaSettings.model("weka.classifiers.functions.LinearRegression", "");
				ForecastModel other = WekaSettings.model("weka.classifiers.functions.LinearRegression", "")) {
			model.train(List.of(training(Arrays.copyOf(all, LENGTH))), Progress.NONE);
			other.train(List.of(training(Arrays.copyOf(all, LENGTH))), Progress.NONE);
			double[] before = forecast(model, LEADS);
			for (int i = 0; i < 40; i++) {
				model.update(SLOT, new double[] { all[LENGTH + i] }, Regressors.NONE);
				other.update(SLOT, new double[] { all[LENGTH + i] + 15 }, Regressors.NONE);
			}
			assertFalse(Arrays.equals(before, forecast(model, LEADS)), "values change the forecast");
			// the same regressor on lags that are 15 higher
			double one = forecast(model, 1)[0];
			assertEquals(one + 15, forecast(other, 1)[0], 2);
		}
	}

	@ParameterizedTest
	@CsvSource({ "weka.classifiers.functions.LinearRegression,", "weka.classifiers.trees.RandomForest,-I 10", "weka.classifiers.functions.SMOreg,",
			"weka.classifiers.lazy.IBk,-K 5" })
	void aSavedRegressorForecastsExactlyTheSame(String classifier, String options) throws PluginException, IOException {
		String given = options == null ? "" : options;
		try (ForecastModel model = WekaSettings.model(classifier, given); ForecastModel other = WekaSettings.model(classifier, given)) {
			model.train(List.of(training(load(8 * DAY))), Progress.NONE);
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			model.save(0, new DataOutputStream(bytes));
			other.load(0, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
			assertArrayEquals(forecast(model, LEADS), forecast(other, LEADS), 0);
		}
	}

	@Test
	void aRegressorThatCannotBeSavedIsRefusedWithTheReason() throws PluginException {
		try (ForecastModel model = WekaSettings.model("weka.classifiers.functions.GaussianProcesses", "")) {
			List<ForecastModel.Refusal> refused = model.train(List.of(training(load(8 * DAY))), Progress.NONE);
			assertEquals(1, refused.size());
			assertTrue(refused.getFirst().reason().contains("cannot be saved"), refused.toString());
		}
	}

	@Test
	void onlyRegressorsAreReadFromASavedState() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(new java.net.URI("http://127.0.0.1/"));
		} catch (java.net.URISyntaxException e) {
			throw new IOException(e);
		}
		assertThrows(IOException.class, () -> Weka.read(bytes.toByteArray()));
	}

	@ParameterizedTest
	@CsvSource({ "weka.classifiers.trees.NoSuchTree,,NoSuchTree", "java.lang.String,,java.lang.String", "weka.classifiers.AbstractClassifier,,AbstractClassifier",
			"weka.classifiers.trees.J48,,J48", "weka.classifiers.trees.RandomForest,-I many,-I many", "weka.classifiers.trees.RandomForest,-no-such-option 3,-no-such-option",
			"weka.classifiers.meta.Bagging,-W weka.NoSuchBase,weka.NoSuchBase" })
	void aWrongClassOrOptionIsNamed(String classifier, String options, String named) {
		PluginException refused = assertThrows(PluginException.class, () -> WekaSettings.model(classifier, options == null ? "" : options));
		assertTrue(refused.getMessage().contains(named), refused.getMessage());
		assertTrue(refused.getMessage().length() < 400, refused.getMessage());
	}

	@Test
	void wekaLeavesTheHomeOfTheUserAlone() throws PluginException {
		Path folder = Path.of(System.getProperty("user.home"), "wekafiles");
		boolean before = Files.exists(folder);
		WekaSettings.model("weka.classifiers.trees.M5P", "").close();
		assertEquals(before, Files.exists(folder));
	}
}
