"""Models of a monthly series: what statsmodels says, planted effects recovered, no future in the past."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.tsa.seasonal
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot import calendars, monthly, periods
from entrepot.errors import NotSolved

MONTHS = periods.each("2008-01:2021-12")


def planted(effect, *, seed=0, months=MONTHS):
    """Log trade with an airline's dynamics and calendar effects planted in it; and its regressors."""
    rng = np.random.default_rng(seed)
    shock = 0.02 * rng.standard_normal(len(months) + 13)
    rise = shock[13:] - 0.4 * shock[12:-1] - 0.6 * shock[1:-12] + 0.24 * shock[:-13]
    logs = list(np.log(100) + 0.1 * rng.standard_normal(13))
    for step in rise[13:]:
        logs.append(step + logs[-1] + logs[-12] - logs[-13])
    regressors = np.array(calendars.effects("CHN", months))
    return np.array(logs) + regressors @ np.array(effect), regressors


def ahead(months, horizon):
    return lambda origin: np.array(
        calendars.effects("CHN", [periods.later(months[origin], step) for step in range(1, horizon + 1)])
    )


@pytest.fixture(scope="module")
def series():
    return planted([0.08, -0.04, -0.23, 0.01])


@pytest.fixture(scope="module")
def projected(series):
    logs, regressors = series
    return monthly.project(logs, regressors, ahead(MONTHS, 12), range(130, 168), 12)


def test_planted_calendar_effects_are_recovered():
    effect = np.array([0.08, -0.04, -0.23, 0.01])
    gaps = []
    for seed in range(6):
        found, errors = monthly.effects_of(*planted(effect, seed=seed))
        gaps.append((found - effect) / errors)
    assert (np.abs(gaps) < 2).mean() >= 0.8  # two standard errors hold 95 % of 24; 80 % leaves room for chance
    assert np.sqrt(np.mean(np.square(gaps))) < 1.5


def test_no_effect_is_found_where_none_is_planted():
    gaps = [np.divide(*monthly.effects_of(*planted([0, 0, 0, 0], seed=seed))) for seed in range(10, 16)]
    assert (np.abs(gaps) < 2).mean() >= 0.8


def test_the_airline_is_that_of_a_joint_fit_by_statsmodels(series):
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    logs, regressors = series
    joint = SARIMAX(
        100 * logs, exog=regressors, order=(0, 1, 1), seasonal_order=(0, 1, 1, 12), simple_differencing=True
    )
    fitted = joint.fit(disp=0, method="nm", maxiter=4000)
    found, errors = monthly.effects_of(logs, regressors)
    assert np.abs(found - fitted.params[:4] / 100).max() < 0.05 * errors.min() + 1e-3
    np.testing.assert_allclose(errors, fitted.bse[:4] / 100, rtol=0.25)


def test_ets_given_its_weights_is_the_forecast_of_statsmodels(series):
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    logs, _ = series
    last = len(logs) - 1  # a December
    how = {"error": "add", "trend": "add", "damped_trend": True, "seasonal": "add", "seasonal_periods": 12}
    theirs = ETSModel(logs, **how, initialization_method="estimated").fit(disp=0, maxiter=2000)
    errors, _ = monthly._ets_errors(logs, *monthly._ets_lags(theirs.params[:4]))
    assert theirs.sse * 0.999 < errors @ errors <= theirs.sse * (1 + 1e-9)  # the first states are the best there are
    paths = monthly._ets_paths(logs, last, theirs.params[:4], [last], 24)[0]
    np.testing.assert_allclose(paths, theirs.forecast(24), atol=1e-3)
    best, _ = monthly._ets_errors(logs, *monthly._ets_lags(monthly._weights(logs)))
    assert best @ best <= theirs.sse * (1 + 1e-6)


def test_ets_follows_its_own_recursion():
    """Level, slope and season updated one by one give the errors of the polynomials."""
    level, slope, season, damping = numbers = np.array([0.4, 0.1, 0.2, 0.9])
    shocks = np.random.default_rng(5).standard_normal(60)
    height, pace, year, values = 5.0, 0.3, list(np.sin(np.arange(12))), []
    for shock in shocks:
        values.append(height + damping * pace + year[0] + shock)
        height, pace = height + damping * pace + level * shock, damping * pace + slope * shock
        year = [*year[1:], year[0] + season * shock]
    errors, _ = monthly._ets_errors(np.array(values), *monthly._ets_lags(numbers))
    assert errors @ errors <= shocks @ shocks
    root, lag = monthly._ets_lags(numbers)
    np.testing.assert_allclose(np.convolve(values, root)[13:60], np.convolve(shocks, lag)[13:60], atol=1e-9)


def test_theta_is_the_forecast_of_statsmodels(series, monkeypatch):
    from statsmodels.tsa.forecasting.theta import ThetaModel

    logs, _ = series
    last = len(logs) - 1
    theta = ThetaModel(pd.Series(logs), period=12, deseasonalize=True, use_test=False, method="additive").fit()
    whole = statsmodels.tsa.seasonal.seasonal_decompose(logs, period=12).seasonal
    monkeypatch.setattr(monthly, "_season", lambda values: whole)  # theirs is not shrunk
    np.testing.assert_allclose(monthly._theta_paths(logs, last, [last], 24)[0], theta.forecast(24), atol=1e-4)


def test_a_season_without_noise_is_kept_and_noise_alone_is_no_season():
    months = np.arange(120)
    season = 0.1 * np.cos(2 * np.pi * months / 12) + 0.05 * np.sin(2 * np.pi * months / 3)
    np.testing.assert_allclose(monthly._season(season + 0.004 * months), season, atol=1e-9)
    rng = np.random.default_rng(6)
    spreads = []
    for _ in range(20):
        noise = 0.05 * rng.standard_normal(120)
        plain = statsmodels.tsa.seasonal.seasonal_decompose(noise, period=12).seasonal
        spreads.append((monthly._season(noise).std(), plain.std()))
    shrunk, plain = np.mean(spreads, axis=0)
    assert shrunk < 0.5 * plain
    assert (monthly._season(np.zeros(60)) == 0).all()


def test_a_shrunk_season_is_nearer_to_the_one_planted():
    """James and Stein 1961: under squared error shrinking wins on average, the more the noisier the means."""
    rng, gains = np.random.default_rng(12), []
    for _ in range(60):
        season = np.tile(0.03 * rng.standard_normal(12), 6)
        season -= season.mean()
        values = season + 0.08 * rng.standard_normal(72)
        plain = statsmodels.tsa.seasonal.seasonal_decompose(values, period=12).seasonal
        gains.append(((plain - season) ** 2).mean() - ((monthly._season(values) - season) ** 2).mean())
    assert np.mean(gains) > 2 * np.std(gains) / np.sqrt(len(gains))


def test_the_structural_model_is_the_forecast_of_statsmodels(series):
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    logs, _ = series
    model = UnobservedComponents(100 * logs, "lltrend", seasonal=12)
    fitted = model.fit([1.0, 1.0, 0.01, 0.1], disp=0, maxiter=500)
    last = len(logs) - 1
    ours = monthly._paths(logs, monthly._structure(logs), [last], 12, 1.0)[0]
    np.testing.assert_allclose(ours, fitted.forecast(12) / 100, atol=2e-3)


def test_forecasts_from_the_factor_are_those_of_a_filter(series):
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    logs, numbers = series[0], [-0.4, -0.6]
    for last in (70, len(logs) - 1):
        model = SARIMAX(logs[: last + 1], order=(0, 1, 1), seasonal_order=(0, 1, 1, 12), simple_differencing=True)
        steps = list(model.filter([*numbers, 1.0]).forecast(24))
        past = list(logs[last - 12 : last + 1])
        for step in steps:
            past.append(step + past[-1] + past[-12] - past[-13])
        ours = monthly._paths(logs, monthly._covariance(numbers), [last], 24, 1.0)[0]
        np.testing.assert_allclose(ours, past[13:], atol=1e-8)


@settings(deadline=None, max_examples=20)
@given(damping=st.floats(0.5, 1.0), slope=st.floats(-0.05, 0.05), last=st.integers(60, 100))
def test_a_damped_trend_keeps_the_season_and_a_smaller_part_of_the_slope_each_month(damping, slope, last):
    """A straight line with a season goes on with slope x (phi + ... + phi^h), whatever the model's numbers."""
    months = np.arange(132)
    logs = slope * months + 0.1 * np.cos(2 * np.pi * months / 12)
    ours = monthly._paths(logs, monthly._covariance([-0.3, -0.7]), [last], 24, damping)[0]
    kept = np.cumsum(damping ** np.arange(1, 25))
    season = 0.1 * np.cos(2 * np.pi * (last + np.arange(1, 25)) / 12)
    np.testing.assert_allclose(ours, slope * (last + kept) + season, atol=1e-9)


def test_what_is_believed_weighs_less_the_more_months_are_seen():
    """A wrong belief moves few months far and many little; a loose one moves nothing, a firm one leaves no say."""
    effect = [0.08, -0.04, -0.23, 0.01]
    logs, regressors = planted(effect, months=periods.each("1995-01:2021-12"))
    alone = monthly.effects_of(logs, regressors)[0]
    wrong = np.array([[0.3, 0.05]] * 3 + [[0.05, 0.01]])
    moved = [np.abs(monthly._airline(logs[:n], regressors[:n], wrong)[1] - alone).mean() for n in (96, 324)]
    assert moved[1] < 0.6 * moved[0]
    loose, firm = wrong * [1, 1e4], wrong * [1, 1e-4]
    np.testing.assert_allclose(monthly._airline(logs, regressors, loose)[1], alone, atol=1e-5)
    np.testing.assert_allclose(monthly._airline(logs, regressors, firm)[1], wrong[:, 0], atol=1e-4)


def test_a_belief_is_a_regression_on_months_that_say_what_is_believed(series):
    """Lindley and Smith 1972: least squares with a row 1 / s more for each coefficient, whose outcome is m / s."""
    logs, regressors = series
    beliefs = np.array([[0.0, 0.2]] * 3 + [[0.02, 0.02]])
    numbers, effect, errors = monthly._airline(logs, regressors, beliefs)
    rise = monthly._differences(np.column_stack([logs, regressors]))
    white = monthly._whitened(rise, monthly._covariance(numbers))[0] / np.sqrt(numbers[2])
    rows = np.vstack([white[:, 1:], np.diag(1 / beliefs[:, 1])])
    found = np.linalg.lstsq(rows, np.append(white[:, 0], beliefs[:, 0] / beliefs[:, 1]), rcond=None)[0]
    assert (np.abs(found - effect) < 0.05 * errors).all()


def test_a_month_that_closed_factories_is_not_laid_to_the_holiday():
    effect = np.array([0.08, -0.04, -0.23, 0.01])
    months = periods.each("2004-01:2021-12")
    moved = []
    for seed in range(4):
        logs, regressors = planted(effect, seed=seed, months=months)
        shut = logs.copy()
        shut[months.index("2020-02")] -= 0.6
        plain, whole = monthly.effects_of(shut, regressors)[0], monthly.effects_of(logs, regressors)[0]
        found = monthly._calendar(shut, regressors, 1, (1, 2))[1]
        moved.append((np.abs(found - whole)[:3].sum(), np.abs(plain - whole)[:3].sum()))
    freed, left = np.mean(moved, axis=0)
    assert freed < 0.6 * left


def holed(logs, *months):
    """Logs with months as another year would have them, and their places."""
    places = [MONTHS.index(month) for month in months]
    out = logs.copy()
    out[places] = monthly.carried(logs, places)[places]
    return out, places


GONE = (
    "2015-02",
    "2018-02",
)  # New Year's day fell on 19 and 16 February, on 31 January and 28 January the years before


def test_planted_effects_are_recovered_though_months_around_new_year_are_not_held():
    effect = np.array([0.08, -0.04, -0.23, 0.01])
    gaps, wrong = [], []
    for seed in range(6):
        logs, regressors = planted(effect, seed=seed)
        carried, places = holed(logs, *GONE)
        found, errors = monthly.effects_of(carried, regressors, places)
        gaps.append((found - effect) / errors)
        wrong.append((monthly.effects_of(carried, regressors)[0] - effect) / errors)
    assert (np.abs(gaps) < 2).mean() >= 0.8
    assert np.sqrt(np.mean(np.square(gaps))) < 1.5 < np.sqrt(np.mean(np.square(wrong)))


@settings(deadline=None, max_examples=10)
@given(month=st.integers(20, 160), noise=st.floats(-3, 3), believed=st.booleans(), seed=st.integers(0, 99))
def test_what_stands_in_place_of_a_month_that_is_not_held_changes_no_coefficient(month, noise, believed, seed):
    logs, regressors = planted([0.08, -0.04, -0.23, 0.01], seed=seed)
    beliefs = np.array([[0.0, 0.2]] * 3 + [[0.02, 0.02]]) if believed else None
    other = logs.copy()
    other[month] += noise
    _, found, errors = monthly._airline(logs, regressors, beliefs, [month])
    again = monthly._airline(other, regressors, beliefs, [month])[1]
    assert (np.abs(again - found) < 2 * monthly.SETTLED * errors).all()


def test_no_forecast_depends_on_what_stands_in_place_of_a_month_that_is_not_held(series):
    """But through last year's month, which is then what stands there."""
    logs, regressors = series
    places = [MONTHS.index(month) for month in GONE]
    other = logs.copy()
    other[places] += [0.7, -2.0]
    made = [monthly.project(one, regressors, ahead(MONTHS, 12), [155], 12, absent=places) for one in (logs, other)]
    for name in monthly.MODELS:
        np.testing.assert_allclose(made[0][name], made[1][name], atol=0.005, err_msg=name)


def test_a_month_that_is_not_held_keeps_the_holiday_of_its_own_year():
    """Without noise, a month carried forward free of the calendar is the month that was."""
    time = np.arange(len(MONTHS))
    regressors = np.array(calendars.effects("CHN", MONTHS))
    plain = 0.004 * time + 0.1 * np.cos(2 * np.pi * time / 12)
    effect = regressors @ np.array([0.08, -0.04, -0.23, 0.01])
    places = [MONTHS.index(month) for month in GONE]
    np.testing.assert_allclose(monthly.carried(plain, places) + effect, plain + effect, atol=1e-12)
    assert np.abs(monthly.carried(plain + effect, places) - plain - effect)[places].min() > 0.03


@pytest.mark.parametrize("beliefs", [None, np.array([[0.0, 0.2]] * 3 + [[0.02, 0.02]])])
def test_of_a_series_without_gaps_the_calendar_is_the_plain_one_to_the_last_bit(series, beliefs):
    """The same steps without a word of absent months: whole series such as China's do not move."""
    logs, regressors = series
    rise = monthly._differences(np.column_stack([logs, regressors]))
    effect, numbers = np.linalg.lstsq(rise[:, 1:], rise[:, 0], rcond=None)[0], np.array([-0.5, -0.6])
    mean, sure = (np.zeros(4), np.zeros(4)) if beliefs is None else (beliefs[:, 0], beliefs[:, 1] ** -2.0)
    settled = False
    while not settled:
        numbers, before = monthly._moving_averages(logs - regressors @ effect, numbers), effect
        white = monthly._whitened(rise, monthly._covariance(numbers))[0]
        known = white[:, 1:].T @ white[:, 1:] / numbers[2] + np.diag(sure)
        effect = np.linalg.solve(known, white[:, 1:].T @ white[:, 0] / numbers[2] + sure * mean)
        settled = (np.abs(effect - before) < monthly.SETTLED * np.sqrt(np.diag(np.linalg.inv(known)))).all()
    found = monthly._airline(logs, regressors, beliefs)
    np.testing.assert_array_equal(found[0], numbers)
    np.testing.assert_array_equal(found[1], effect)
    np.testing.assert_array_equal(monthly.carried(logs, ()), logs)


def test_the_airline_error_is_that_of_statsmodels(series):
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    numbers = np.array([-0.4, -0.6, 4e-4])
    model = SARIMAX(series[0], order=(0, 1, 1), seasonal_order=(0, 1, 1, 12))
    filtered = model.filter(numbers).get_forecast(24)
    np.testing.assert_allclose(monthly._airline_errors(numbers, 24), filtered.se_mean, rtol=1e-3)


def test_a_poisoned_future_changes_nothing_before_it(series, projected):
    logs, regressors = series
    poisoned = logs.copy()
    poisoned[150:] += np.random.default_rng(3).normal(5, 3, size=len(logs) - 150)
    again = monthly.project(poisoned, regressors, ahead(MONTHS, 12), range(130, 168), 12)
    for name, paths in projected.items():
        np.testing.assert_array_equal(again[name][: 150 - 130], paths[: 150 - 130], err_msg=name)
        assert name == "airline error" or not np.allclose(again[name][150 - 130 :], paths[150 - 130 :])


def test_a_forecast_does_not_depend_on_the_other_origins(series, projected):
    logs, regressors = series
    for origin in (130, 143, 155):
        alone = monthly.project(logs[: origin + 1], regressors[: origin + 1], ahead(MONTHS, 12), [origin], 12)
        for name, paths in projected.items():
            np.testing.assert_allclose(alone[name][0], paths[origin - 130], atol=1e-9, err_msg=name)


def test_the_mean_is_the_mean_in_logs(projected):
    models = np.array([projected[name] for name in monthly.MODELS])
    np.testing.assert_allclose(projected["mean"], models.mean(axis=0))


def test_the_seasonal_naive_is_last_years_month(series, projected):
    logs, _ = series
    assert projected["seasonal naive"][0, 0] == logs[131 - 12]
    assert projected["seasonal naive"][0, 11] == logs[130]


def test_estimates_end_in_december_whatever_the_first_month():
    groups = monthly.by_estimate(range(100, 112), 1)
    assert set(groups) == {95, 107}  # index 95 is a December where index 0 is a January
    assert set(monthly.by_estimate(range(100, 112), 4)) == {92, 104}  # 0 an April: 92 is 7 years and 8 months later
    assert set(monthly.by_estimate([60, 63], 1)) == {59}


def test_what_does_not_converge_is_refused():
    with pytest.raises(NotSolved, match="A model of 99 months did not converge. Ask for another model"):
        monthly._best(lambda place: float("nan"), np.zeros(2), "A model of 99 months")


def test_the_likelihoods_are_those_of_statsmodels(series):
    """Differences of two points: constants of the concentrated and the diffuse likelihood cancel."""
    from statsmodels.tsa.statespace.sarimax import SARIMAX
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    logs = 100 * series[0]
    rise = monthly._differences(logs)
    plain = {"order": (0, 1, 1), "seasonal_order": (0, 1, 1, 12), "simple_differencing": True}
    theirs = [SARIMAX(logs, **plain).loglike([*numbers, 1.7]) for numbers in ([-0.4, -0.6], [0.3, -0.9])]
    ours = [loglike(rise, 1.7 * monthly._covariance(numbers)) for numbers in ([-0.4, -0.6], [0.3, -0.9])]
    assert ours == pytest.approx(theirs, rel=1e-9)
    sizes = np.array([[2.0, 1.0, 0.01, 0.1], [1.0, 2.0, 0.02, 0.3]])
    model = UnobservedComponents(logs, "lltrend", seasonal=12)
    model.ssm.initialize_diffuse()
    model.loglikelihood_burn = 0
    theirs = [model.loglike(each) for each in sizes]
    ours = [loglike(rise, monthly._parts() @ each) for each in sizes]
    assert ours[1] - ours[0] == pytest.approx(theirs[1] - theirs[0], abs=1e-6)


def loglike(rise, covariance):
    white, root = monthly._whitened(rise, covariance)
    return -(len(rise) * np.log(2 * np.pi) + white @ white) / 2 - np.log(root).sum()
