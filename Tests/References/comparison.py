"""Values of SciPy, statsmodels, pingouin and scikit-posthocs for Tests/StatisticsTests, as JSON.

    python -m venv v && v/bin/pip install scipy==1.17.1 statsmodels pingouin scikit-posthocs
    v/bin/python comparison.py > comparison.json
"""
import json

import numpy as np
import pandas as pd
import pingouin
import scikit_posthocs
from scipy import stats
from statsmodels.stats.anova import AnovaRM

made = np.random.default_rng(20251125)


def tables():
    for blocks, treatments, kind in [(25, 3, "normal"), (5, 4, "normal"), (10, 2, "normal"),
                                     (22, 8, "normal"), (25, 4, "ties"), (7, 3, "skewed")]:
        noise = made.normal(size=(blocks, treatments)) if kind != "skewed" \
            else made.exponential(size=(blocks, treatments)) ** 2
        scores = 0.8 + 0.05 * made.normal(size=(blocks, 1)) + 0.01 * noise \
            + 0.006 * np.arange(treatments)
        yield kind, np.round(scores, 2 if kind == "ties" else 6)


def analysed(kind, scores):
    blocks, treatments = scores.shape
    long = pd.DataFrame([(b, f"m{t}", scores[b, t]) for b in range(blocks) for t in range(treatments)],
                        columns=["block", "model", "score"])
    anova = AnovaRM(long, "score", "block", within=["model"]).fit().anova_table.iloc[0]
    corrected = pingouin.rm_anova(data=long, dv="score", within="model", subject="block",
                                  correction=True, detailed=True)
    error = corrected.loc[1, "MS"]
    degrees = corrected.loc[1, "DF"]
    means = scores.mean(axis=0)
    pairs = [(i, j) for i in range(treatments) for j in range(i + 1, treatments)]
    se = np.sqrt(error / blocks)
    q = stats.studentized_range.ppf(0.95, treatments, degrees)
    tukey = [dict(first=i, second=j, difference=means[i] - means[j], reach=q * se,
                  p=stats.studentized_range.sf(abs(means[i] - means[j]) / se, treatments, degrees))
             for i, j in pairs]
    if treatments > 2:
        friedman = stats.friedmanchisquare(*scores.T)
        nemenyi = scikit_posthocs.posthoc_nemenyi_friedman(scores).to_numpy()
        # Its p-values come from SciPy's studentised range with infinite degrees of freedom.
        nemenyi = [nemenyi[i, j] for i, j in pairs]
        friedman = dict(chi=friedman.statistic, p=friedman.pvalue, nemenyi=nemenyi)
    else:
        friedman = None
    residuals = (scores - scores.mean(axis=1, keepdims=True) - means + scores.mean()).ravel()
    shapiro = stats.shapiro(residuals)
    d = scores[:, 0] - scores[:, 1]
    return dict(kind=kind, scores=scores.tolist(), f=anova["F Value"], p=anova["Pr > F"],
                epsilon=corrected.loc[0, "eps"],
                corrected=corrected.loc[0].get("p_GG_corr", corrected.loc[0].get("p-GG-corr", None)),
                tukey=tukey, friedman=friedman, w=shapiro.statistic, wp=shapiro.pvalue,
                cohen=pingouin.compute_effsize(scores[:, 0], scores[:, 1], paired=True, eftype="cohen"),
                paired=d.mean() / d.std(ddof=1))


samples = [made.normal(size=n).round(5).tolist() for n in (3, 4, 5, 6, 7, 11, 12, 20, 75, 500)] \
    + [made.exponential(size=n).round(5).tolist() for n in (8, 30, 200)]
ranges = [(q, k, v) for k in (2, 3, 5, 10, 25) for v in (1, 2, 4, 12, 48, 250, 1000)
          for q in (0.5, 2.0, 3.5, 6.0)]
print(json.dumps(dict(
    tables=[analysed(*table) for table in tables()],
    shapiro=[dict(sample=s, w=stats.shapiro(s).statistic, p=stats.shapiro(s).pvalue) for s in samples],
    range=[dict(q=q, k=k, v=v, cdf=stats.studentized_range.cdf(q, k, v)) for q, k, v in ranges],
    unbounded=[dict(q=q, k=k, cdf=stats.studentized_range.cdf(q, k, np.inf))
               for q in (0.5, 2.0, 3.5, 6.0) for k in (2, 3, 5, 10, 25)],
    point=[dict(share=s, k=k, v=v, q=stats.studentized_range.ppf(s, k, v))
           for s in (0.9, 0.95, 0.99) for k in (2, 4, 10) for v in (8, 24, 96)],
    f=[dict(x=x, a=a, b=b, sf=stats.f.sf(x, a, b))
       for x in (0.01, 0.9, 2.5, 9.0, 40.0) for a, b in ((1, 9), (2, 48), (7, 147), (3.2, 12.8))],
    t=[dict(x=x, v=v, p=2 * stats.t.sf(x, v)) for x in (0.1, 1.5, 4.0, 12.0) for v in (1, 4, 24, 300)],
    chi=[dict(x=x, v=v, sf=stats.chi2.sf(x, v)) for x in (0.05, 1.0, 3.84, 20.0, 90.0) for v in (1, 2, 7, 21)],
    beta=[dict(share=s, a=a, b=b, x=stats.beta.ppf(s, a, b))
          for s in (0.025, 0.5, 0.975) for a, b in ((0.5, 20.5), (23.5, 77.5), (200.5, 9800.5))],
    hits=[dict(hits=h, tried=n, count=c, lower=stats.betabinom.ppf(0.025, c, h + 0.5, n - h + 0.5),
               upper=stats.betabinom.ppf(0.975, c, h + 0.5, n - h + 0.5))
          for h, n in ((0, 20), (5, 20), (23, 100), (100, 100)) for c in (10, 100)],
)))
