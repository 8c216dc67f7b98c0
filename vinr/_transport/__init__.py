"""What I/O needs in both colours: requests for httpx, failures, the environment, forks, curl."""
