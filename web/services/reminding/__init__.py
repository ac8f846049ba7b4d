"""Nobody is forgotten: who is asked, reminded or told, and after how many days."""
