// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.forecasting.ForecastRule;
import io.shadowweaver.provisioning.ProvisioningSettings;

/**
 * What an estate is made of; saved as {@code estate.json} in its directory.
 *
 * @param id         unique, stable; the name of its directory
 * @param name       what the operator reads
 * @param sources    where metrics come from
 * @param providers  where capacity is made
 * @param channels   where alerts are told
 * @param speed      estate seconds a real second, for data with a time of their own; 1 in real time
 * @param step       from one tick to the next, in the estate's time; zero to take the step of the first source
 * @param modes      by group id; a group that is not named observes
 * @param thresholds rules; empty for the {@linkplain DefaultThresholds defaults}
 * @param scaleIn    ids of the groups whose created members may be removed again
 * @param groups     what an operator decides of scaling groups; at most one for each
 * @param provisioning how capacity is planned and made; empty for the defaults
 * @param lease      says which of several engines may act; empty for the one of this machine
 * @param forecasts  what is decided on forecasts, in the order of preference among rules that are equally specific
 */
public record EstateConfig(String id, String name, List<Connection> sources, List<Connection> providers,
		List<Connection> channels, double speed, Duration step, Map<String, Mode> modes, List<Threshold> thresholds,
		List<String> scaleIn, List<ForecastRule> forecasts, List<GroupSettings> groups, Optional<ProvisioningSettings> provisioning,
		Optional<Connection> lease) {
	private static final int MOST_HORIZONS = 8;

	/** Checks and copies. */
	public EstateConfig {
		Objects.requireNonNull(name, "name");
		sources = List.copyOf(sources);
		providers = List.copyOf(providers);
		channels = List.copyOf(channels);
		modes = Map.copyOf(modes);
		thresholds = List.copyOf(thresholds);
		scaleIn = List.copyOf(scaleIn);
		// files of earlier versions have none
		forecasts = forecasts == null ? List.of() : List.copyOf(forecasts);
		groups = groups == null ? List.of() : List.copyOf(groups);
		provisioning = provisioning == null ? Optional.empty() : provisioning;
		lease = lease == null ? Optional.empty() : lease;
		if (groups.stream().map(GroupSettings::group).distinct().count() < groups.size()) {
			throw new IllegalArgumentException("groups: the same group is named twice");
		}
		if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
			throw new IllegalArgumentException("estate id '" + id + "' must be letters, digits, dot, hyphen or underscore");
		}
		if (!(speed > 0 && speed <= 1e6)) {
			throw new IllegalArgumentException("speed must be over 0 and at most 1000000: " + speed);
		}
		int horizons = ForecastRule.leads(forecasts).size();
		if (horizons > MOST_HORIZONS) {
			throw new IllegalArgumentException("forecasts: the rules name " + horizons + " different horizons, and each costs every series; at most " + MOST_HORIZONS);
		}
		if (step.isNegative()) {
			throw new IllegalArgumentException("step must not be negative: " + step);
		}
	}

	/** Without what later versions added. */
	public EstateConfig(String id, String name, List<Connection> sources, List<Connection> providers, List<Connection> channels, double speed,
			Duration step, Map<String, Mode> modes, List<Threshold> thresholds, List<String> scaleIn) {
		this(id, name, sources, providers, channels, speed, step, modes, thresholds, scaleIn, List.of(), List.of(), Optional.empty(), Optional.empty());
	}

	/** The same with other connections. */
	public EstateConfig withConnections(List<Connection> newSources, List<Connection> newProviders, List<Connection> newChannels) {
		return new EstateConfig(id, name, newSources, newProviders, newChannels, speed, step, modes, thresholds, scaleIn, forecasts, groups,
				provisioning, lease);
	}

	/** The same with other rules on forecasts. */
	public EstateConfig withForecasts(List<ForecastRule> newForecasts) {
		return new EstateConfig(id, name, sources, providers, channels, speed, step, modes, thresholds, scaleIn, newForecasts, groups, provisioning,
				lease);
	}

	/** The same with other modes. */
	public EstateConfig withModes(Map<String, Mode> newModes) {
		return new EstateConfig(id, name, sources, providers, channels, speed, step, newModes, thresholds, scaleIn, forecasts, groups, provisioning,
				lease);
	}

	/** The same with other thresholds. */
	public EstateConfig withThresholds(List<Threshold> newThresholds) {
		return new EstateConfig(id, name, sources, providers, channels, speed, step, modes, newThresholds, scaleIn, forecasts, groups, provisioning,
				lease);
	}

	/** The same with other groups that may shrink. */
	public EstateConfig withScaleIn(List<String> newScaleIn) {
		return new EstateConfig(id, name, sources, providers, channels, speed, step, modes, thresholds, newScaleIn, forecasts, groups, provisioning,
				lease);
	}

	/** The same at another speed. */
	public EstateConfig withSpeed(double newSpeed) {
		return new EstateConfig(id, name, sources, providers, channels, newSpeed, step, modes, thresholds, scaleIn, forecasts, groups, provisioning,
				lease);
	}

	/** The same with other decisions on groups. */
	public EstateConfig withGroups(List<GroupSettings> newGroups) {
		return new EstateConfig(id, name, sources, providers, channels, speed, step, modes, thresholds, scaleIn, forecasts, newGroups, provisioning,
				lease);
	}

	/** The same with other settings of provisioning. */
	public EstateConfig withProvisioning(ProvisioningSettings newProvisioning) {
		return new EstateConfig(id, name, sources, providers, channels, speed, step, modes, thresholds, scaleIn, forecasts, groups,
				Optional.of(newProvisioning), lease);
	}

	/** The same with another lease. */
	public EstateConfig withLease(Connection newLease) {
		return new EstateConfig(id, name, sources, providers, channels, speed, step, modes, thresholds, scaleIn, forecasts, groups, provisioning,
				Optional.of(newLease));
	}

	/** How capacity is planned and made: the settings, or the defaults, with the groups that may shrink. */
	public ProvisioningSettings provisioningOrDefaults() {
		ProvisioningSettings settings = provisioning.orElse(ProvisioningSettings.defaults());
		Set<String> shrinking = new HashSet<>(settings.scaleIn().groups());
		shrinking.addAll(scaleIn);
		return settings.withScaleIn(shrinking);
	}
}
