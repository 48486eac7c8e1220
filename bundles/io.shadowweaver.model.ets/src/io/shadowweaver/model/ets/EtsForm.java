// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.ets;

import java.util.ArrayList;
import java.util.List;

/**
 * One member of the family ETS(error, trend, season) of Hyndman, Koehler, Ord and Snyder, Forecasting with Exponential Smoothing, 2008.
 *
 * @param relative whether errors are proportional to what was expected (M) instead of absolute (A)
 * @param trend    how the level moves
 * @param season   how the season joins the level
 */
record EtsForm(boolean relative, Trend trend, Season season) {
	/** How the level moves. */
	enum Trend {
		NONE, ADDITIVE, DAMPED
	}

	/** How the season joins the level. */
	enum Season {
		NONE, ADDITIVE, MULTIPLICATIVE
	}

	/**
	 * The members that can be used: a multiplicative one needs positive values, and a multiplicative season with absolute errors is
	 * left out, since its forecasts have no finite variance, and a trend for ever beside a season, which takes a day's rise for a trend.
	 *
	 * @param seasonal whether there is a season
	 * @param positive whether all values are clearly above 0
	 */
	static List<EtsForm> usable(boolean seasonal, boolean positive) {
		List<EtsForm> forms = new ArrayList<>();
		for (Trend trend : Trend.values()) {
			for (Season season : Season.values()) {
				if (seasonal == (season == Season.NONE) || seasonal && trend == Trend.ADDITIVE) {
					continue;
				}
				if (season != Season.MULTIPLICATIVE) {
					forms.add(new EtsForm(false, trend, season));
				}
				if (positive) {
					forms.add(new EtsForm(true, trend, season));
				}
			}
		}
		return forms;
	}

	/** How many rates are fitted. */
	int rates() {
		return 1 + (season == Season.NONE ? 0 : 1) + (trend == Trend.NONE ? 0 : 1) + (trend == Trend.DAMPED ? 1 : 0);
	}

	/** As in the literature: ETS(M,Ad,A). */
	@Override
	public String toString() {
		String ofTrend = switch (trend) {
		case NONE -> "N";
		case ADDITIVE -> "A";
		case DAMPED -> "Ad";
		};
		return "ETS(" + (relative ? "M," : "A,") + ofTrend + "," + season.name().charAt(0) + ")";
	}
}
