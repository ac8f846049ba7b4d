"""The figures of the benchmark as a person reads them."""

from dataclasses import asdict

from seed.bench.run import Figures


def report_lines(figures: Figures) -> list[str]:
    """Return one row of offers as lines: first Brug, then each of the others."""
    lines = [f"{figures.offers} offers"]
    lines += [f"  {name:24}{value:>12}" for name, value in asdict(figures.engine).items()]
    lines.append(f"  {'':24}{'retrieve_ms_p50':>18}{'allpairs_needs_per_s':>22}")
    own = asdict(figures.engine)
    for name, row in {"brug": own, **figures.peers}.items():
        lines.append(f"  {name:24}{row['retrieve_ms_p50']:>18}{row['allpairs_needs_per_s']:>22}")
    return lines
