# Values of R's survival, glmnet and metafor for Tests/StatisticsTests and Tests/HospitalsTests, as
# JSON, over made-up rows that stand in the same file.
#
#   apt-get install r-base-core r-cran-survival r-cran-glmnet r-cran-metafor r-cran-jsonlite
#   Rscript observational.R > observational.json
suppressMessages({
  library(survival)
  library(glmnet)
  library(metafor)
  library(jsonlite)
})
set.seed(20261201)
n <- 240
site <- rep(1:4, length.out = n)
x1 <- round(rnorm(n, 60, 9), 1)
x2 <- rbinom(n, 1, 0.4)
x3 <- round(rnorm(n), 3)
treatment <- rbinom(n, 1, plogis((x1 - 60) / 12 + 0.5 * x2 - 0.3))
hazard <- exp(-0.4 * treatment + 0.03 * (x1 - 60) + 0.3 * x2 + 0.2 * site) / 12
time <- ceiling(rexp(n, hazard))
limit <- ceiling(runif(n, 4, 24))
event <- as.integer(time <= limit)
time <- pmin(time, limit)
years <- round(runif(n, 0.5, 4), 2)
count <- rpois(n, years * exp(-1 + 0.3 * treatment + 0.4 * x2))
known <- round(rnorm(n, 0, 0.3), 2)
exact <- coxph.control(eps = 1e-14, iter.max = 100, toler.chol = 1e-15)
fitted <- function(fit) {
  list(coefficients = unname(coef(fit)), errors = unname(sqrt(diag(vcov(fit)))),
       likelihood = as.numeric(logLik(fit)))
}
cox <- function(formula, ties) {
  fit <- coxph(formula, ties = ties, control = exact)
  robust <- coxph(formula, ties = ties, control = exact, robust = TRUE)
  c(fitted(fit), list(score = fit$score, start = fit$loglik[1],
                      robust = unname(sqrt(diag(robust$var)))))
}
curve <- function(rows) {
  s <- summary(survfit(Surv(time[rows], event[rows]) ~ 1, conf.type = "log-log"))
  list(time = s$time, atRisk = s$n.risk, events = s$n.event, survival = s$surv, error = s$std.err,
       lower = s$lower, upper = s$upper)
}
tight <- glm.control(epsilon = 1e-15, maxit = 100)
x <- cbind(x1, x2, x3, years, x1 * x2, known)
folds <- rep(1:5, length.out = n)
path <- glmnet(x, treatment, family = "binomial", thresh = 1e-16, maxit = 1e7)
shrunk <- lapply(c(0.1, 0.03, 0.005), function(lambda) {
  fit <- glmnet(x, treatment, family = "binomial", lambda = lambda, thresh = 1e-18, maxit = 1e7)
  list(lambda = lambda, intercept = unname(fit$a0), coefficients = as.numeric(fit$beta))
})
grid <- c(0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)
cross <- cv.glmnet(x, treatment, family = "binomial", lambda = grid, foldid = folds,
                   thresh = 1e-18, maxit = 1e7, grouped = TRUE, type.measure = "deviance")
# Counts within persons, who are conditioned on: the same as a Poisson regression with a dummy each.
person <- rep(1:60, each = 4)
window <- rbinom(n, 1, 0.35)
season <- rep(0:1, length.out = n)
cases <- tapply(count, person, sum) > 0
rows <- cases[person]
conditional <- glm(count ~ window + season + factor(person) + offset(log(years)), poisson,
                   subset = rows, control = tight)
part <- 1:3
b <- coef(conditional)[2:3]
v <- vcov(conditional)[2:3, 2:3]
effects <- c(0.41, -0.12, 0.85, 0.33, 1.20, 0.05, 0.52)
spreads <- c(0.21, 0.30, 0.25, 0.15, 0.40, 0.18, 0.33)
meta <- lapply(c("FE", "DL", "REML", "PM"), function(method) {
  strict <- list(threshold = 1e-14, maxiter = 10000, tol = 1e-14)
  wald <- rma(yi = effects, sei = spreads, method = method, control = strict)
  hartung <- rma(yi = effects, sei = spreads, method = method, test = "knha", control = strict)
  list(method = method, estimate = as.numeric(wald$b), error = wald$se, lower = wald$ci.lb,
       upper = wald$ci.ub, tau2 = wald$tau2, q = wald$QE, qp = wald$QEp, i2 = wald$I2,
       hkError = hartung$se, hkLower = hartung$ci.lb, hkUpper = hartung$ci.ub, hkP = hartung$pval)
})
# The systematic-error model of Schuemie et al., PNAS 2018: mean and sd linear in the true effect.
truth <- rep(c(0, log(1.5), log(2), log(4)), times = c(12, 6, 6, 6))
spread <- round(runif(30, 0.05, 0.4), 3)
estimate <- round(rnorm(30, 0.15 + 0.9 * truth, sqrt((0.12 + 0.05 * truth)^2 + spread^2)), 4)
against <- function(theta) {
  sd <- theta[3] + theta[4] * abs(truth)
  if (any(sd <= 0)) return(1e10)
  -sum(dnorm(estimate, theta[1] + theta[2] * truth, sqrt(sd^2 + spread^2), log = TRUE))
}
model <- optim(c(0, 1, 0.1, 0), against, control = list(reltol = 1e-16, maxit = 1e5))
model <- optim(model$par, against, control = list(reltol = 1e-16, maxit = 1e5))
adjusted <- c(0.001, 0.2, 0.03, 0.04, 0.03, 0.9, 0.0004)
out <- list(
  versions = list(R = R.version.string, survival = as.character(packageVersion("survival")),
                  glmnet = as.character(packageVersion("glmnet")),
                  metafor = as.character(packageVersion("metafor"))),
  rows = list(site = site, x1 = x1, x2 = x2, x3 = x3, treatment = treatment, time = time,
              event = event, years = years, count = count, known = known, folds = folds,
              person = person, window = window, season = season),
  cox = list(
    efron = cox(Surv(time, event) ~ treatment + x1 + x2, "efron"),
    breslow = cox(Surv(time, event) ~ treatment + x1 + x2, "breslow"),
    strata = cox(Surv(time, event) ~ treatment + x1 + x2 + strata(site), "efron"),
    offset = cox(Surv(time, event) ~ treatment + x1 + offset(known), "efron")),
  poisson = fitted(glm(count ~ treatment + x1 + x2 + offset(log(years)), poisson,
                       control = tight)),
  logistic = fitted(glm(treatment ~ x1 + x2 + x3, binomial, control = tight)),
  curves = list(all = curve(1:n), treated = curve(treatment == 1)),
  logRank = list(
    plain = survdiff(Surv(time, event) ~ treatment)$chisq,
    strata = survdiff(Surv(time, event) ~ treatment + strata(site))$chisq,
    sites = survdiff(Surv(time, event) ~ site)$chisq),
  lasso = list(largest = path$lambda[1], shrunk = shrunk,
               cross = list(lambda = cross$lambda, deviance = cross$cvm, error = cross$cvsd,
                            minimum = cross$lambda.min, oneError = cross$lambda.1se)),
  conditional = list(coefficients = unname(b), errors = unname(sqrt(diag(v)))),
  effects = effects, spreads = spreads, meta = meta,
  systematic = list(truth = truth, estimate = estimate, spread = spread, parameters = model$par,
                    likelihood = -model$value),
  adjusted = list(p = adjusted, holm = p.adjust(adjusted, "holm"), bh = p.adjust(adjusted, "BH")))
cat(toJSON(out, digits = NA, auto_unbox = TRUE), "\n")
